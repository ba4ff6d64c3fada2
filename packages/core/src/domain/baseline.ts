import type { Point } from "./plan.ts"

/** Runs that later ones are compared with: of one case at one point on one backend. */
export interface Baseline {
  readonly id: string
  /** `main`; a suite can have several. */
  readonly name: string
  readonly suite: string
  readonly case: string
  readonly point: Point
  readonly backend: string
  readonly runIds: readonly string[]
  /** Id of the campaign that made the runs. */
  readonly campaign: string
  readonly reason: string
  readonly author: string
  readonly promotedAt: string
  /** When another one took its place; null: it is in use. */
  readonly supersededAt: string | null
}

/** Excuses a gate of a suite until a date: it is still shown, and does not decide. */
export interface Waiver {
  readonly id: string
  readonly suite: string
  readonly gate: string
  /** Null in these three: every one. */
  readonly case: string | null
  readonly point: Point | null
  readonly backend: string | null
  readonly reason: string
  readonly author: string
  readonly createdAt: string
  readonly expiresAt: string
}
