import type { Waiver } from "./baseline.ts"
import type { CampaignCell } from "./campaign.ts"
import { pointText } from "./plan.ts"

/** Whether a waiver holds for a gate of a cell at a time (RFC 3339). */
export const excuses = (
  waiver: Waiver,
  { case: name, point, candidate }: Pick<CampaignCell, "case" | "point" | "candidate">,
  gate: string,
  now: string
): boolean =>
  waiver.expiresAt > now &&
  isOfGate(gate, waiver.gate) &&
  (waiver.case === null || waiver.case === name) &&
  (waiver.point === null || pointText(waiver.point) === pointText(point)) &&
  (waiver.backend === null || waiver.backend === candidate)

/** Where a cell has several requests, a gate has a row for each: `NAME:REQUEST`. */
export const isOfGate = (gate: string, rule: string): boolean => gate === rule || gate.startsWith(`${rule}:`)
