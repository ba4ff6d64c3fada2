import type { Dialect } from "@sglang-studio/sglang-wire"
import { programs } from "./command.ts"
import { engine } from "./engine.ts"
import { tokenizePieces } from "./tokenize.ts"

/** How SGLang PyTorch differs from its sibling on the wire. */
export const dialect: Dialect = {
  engine,
  programs,
  tokenize: tokenizePieces,
  canStream: async () => true
}
