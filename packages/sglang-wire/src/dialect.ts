import type { Context } from "@sglang-studio/core/adapter"
import type { Programs } from "./bench/Programs.ts"
import type { Engine } from "./identity.ts"
import type { Server } from "./server.ts"
import type { Wire } from "./wire.ts"

/** One token of a text. */
export interface Piece {
  readonly id: number
  readonly text: string | null
}

/** What the two engines do differently on the wire. */
export interface Dialect {
  readonly engine: Engine
  /** The tokens of each text, special tokens left out. */
  tokenize(
    wire: Wire,
    server: Server,
    texts: readonly string[],
    context: Context
  ): Promise<readonly (readonly Piece[])[]>
  /** Whether this server can send logprobs with `stream`. */
  canStream(wire: Wire, topLogprobs: number, context: Context): Promise<boolean>
  /** What it can be asked to run beside its server, and the server itself. */
  readonly programs: Programs
}
