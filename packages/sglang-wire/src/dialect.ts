import type { Context } from "@sglang-studio/core/adapter"
import type { BenchmarkFlags } from "@sglang-studio/core/domain"
import type { ServingCommand, ServingTarget } from "./bench/command.ts"
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
  /** The benchmark program, run as `python -m MODULE`. */
  readonly module: string
  /** Its command line for the flags of a request. */
  command(set: BenchmarkFlags, target: ServingTarget): ServingCommand
}
