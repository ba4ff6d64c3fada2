import type { Answering, InputOf, OutputOf, Routes } from "@sglang-studio/core/contract"

/** What answers each JSON operation of the API; all of them must be there. */
export type Handlers = {
  readonly [Id in Answering<"json" | "created">]: (input: InputOf<Routes[Id]>) => Promise<OutputOf<Routes[Id]>>
}
