import type { SendKind } from "../domain/resend.ts"
import type { Run } from "../domain/run.ts"
import type { Sample } from "../domain/sample.ts"
import type { TraceColumns } from "../domain/traceColumns.ts"

/** A run with its traces loaded. */
export interface RunRecord {
  readonly run: Run
  readonly traces: readonly TraceColumns[]
  /** Needed only where a gate limits a percentile: the share of requests within it. */
  readonly samples?: readonly Sample[]
}

/** The request of a run sent once more to the same backend in some way. */
export interface SelfProbe {
  readonly kind: SendKind
  /** Id of the run that it checks. */
  readonly of: string
  readonly record: RunRecord
}

/** One side of a comparison with everything that it is judged by. The first arm is the baseline. */
export interface ArmRecords {
  readonly label: string
  readonly records: readonly RunRecord[]
  readonly probes?: readonly SelfProbe[]
  /** The ways in which this side can be asked again; absent: not known. */
  readonly sends?: readonly SendKind[]
}
