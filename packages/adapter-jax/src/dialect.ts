import type { Dialect } from "@sglang-studio/sglang-wire"
import { canStream } from "./canStream.ts"
import { programs } from "./command.ts"
import { engine } from "./engine.ts"
import { tokenizePieces } from "./tokenize.ts"

/** How SGLang-JAX differs from its sibling on the wire. */
export const dialect: Dialect = { engine, programs, tokenize: tokenizePieces, canStream }
