import * as Data from "effect/Data"

export type StoreErrorReason =
  | "not-found"
  | "ambiguous-id"
  | "name-taken"
  | "illegal-transition"
  | "invalid-cursor"
  | "invalid-trace"
  | "corrupt"
  | "newer-version"
  | "busy"
  | "full"
  | "io"

/** Whether the same may work a moment later. */
export const isPassing = ({ reason }: StoreError): boolean => reason === "full" || reason === "busy" || reason === "io"

/** What the store could not do. `message` names the thing and `hint` the way out. */
export class StoreError extends Data.TaggedError("StoreError")<{
  readonly reason: StoreErrorReason
  readonly message: string
  readonly hint: string | null
  readonly cause?: unknown
}> {}
