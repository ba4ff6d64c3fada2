import type { Json } from "@sglang-studio/core/domain"
import { readFileSync } from "node:fs"

/** One recorded question to a real server and its exact answer. */
export interface Exchange {
  readonly method: string
  readonly path: string
  readonly request?: Json
  readonly status: number
  readonly type: string
  readonly body: string
  /** The server broke the connection after `body`. */
  readonly broken?: boolean
}

export const readExchanges = (file: URL): readonly Exchange[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Exchange => JSON.parse(line))
