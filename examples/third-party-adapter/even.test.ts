import { adapterLaws, bindVitest } from "@sglang-studio/core/testing"
import { describe, test } from "vitest"
import even from "./even.ts"

describe("even keeps the laws of the adapter contract", () => {
  void bindVitest(adapterLaws({ adapter: even }), { test })
})
