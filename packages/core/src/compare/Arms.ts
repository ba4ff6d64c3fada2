import type { Run } from "../domain/run.ts"
import type { TraceColumns } from "../domain/traceColumns.ts"

/** A run with its traces loaded. */
export interface RunRecord {
  readonly run: Run
  readonly traces: readonly TraceColumns[]
}

/** One side of a comparison with everything that it is judged by. The first arm is the baseline. */
export interface ArmRecords {
  readonly label: string
  readonly records: readonly RunRecord[]
}
