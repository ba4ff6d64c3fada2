import { createClient } from "@sglang-studio/core/contract"

/** The studio's server: one function per operation. All reject with what `toProblem` reads. */
export const api = createClient()
