import type { Arm } from "@sglang-studio/core/domain"
import { lastOf } from "./load.ts"
import { runById } from "./runs.ts"

/** Whether an arm was measured elsewhere: no backend here can measure it again. An import brings whole arms. */
export const anyForeign = (arms: readonly Arm[]): boolean =>
  arms.some(({ runIds: [first] }) => first !== undefined && lastOf(runById(first).load.value)?.imported != null)
