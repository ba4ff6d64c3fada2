import { expect, test } from "vitest"
import type { ParityCase } from "../domain/parityCase.ts"
import { ParityCase as ParityCaseCodec } from "./parityCase.ts"
import { decode, encode } from "./encode.ts"

/** Earlier versions stored it. */
const stored = { id: "c1", createdAt: "2026-01-01T00:00:00Z", updatedAt: "2026-01-01T00:00:00Z", verdicts: [] }
const rest = { tolerance: null, tags: [] }

test.each<ParityCase>([
  { ...stored, ...rest, name: "", prompt: "x" },
  { ...stored, ...rest, name: "n", prompt: "" },
  { ...stored, ...rest, name: "n", inputIds: [], tolerance: -1 }
])("a stored case that is refused today can be shown: %j", (item) => {
  expect(decode(ParityCaseCodec)(encode(ParityCaseCodec)(item))).toEqual(item)
})
