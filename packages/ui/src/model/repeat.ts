import type { Arm } from "@sglang-studio/core/domain"
import { api } from "../api/client.ts"
import { rememberRun } from "./runs.ts"

/** Queues every run of the arms again, in the order in which they stand. */
export const repeatArms = async (arms: readonly Arm[]): Promise<void> => {
  for (const id of arms.flatMap((arm) => arm.runIds)) rememberRun(await api.repeatRun({ id }))
}
