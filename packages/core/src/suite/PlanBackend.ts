import type { Operation } from "../domain/operation.ts"

/** What a plan has to know of a backend. */
export interface PlanBackend {
  readonly name: string
  /** Whether the studio starts its server. Of all servers that it starts, one is up at a time. */
  readonly canLaunch: boolean
  readonly operations: readonly Operation[]
  /** Benchmark entrypoints that it has. */
  readonly entrypoints: readonly string[]
  /** Those of them that bring an engine of their own, and need the place of every server that the studio starts. */
  readonly standalone: readonly string[]
}
