import * as Data from "effect/Data"
import { isAdapterError } from "../adapter/AdapterError.ts"
import type { RunError } from "../domain/run.ts"
import type { StoreError } from "../store/StoreError.ts"

/** Why a run failed: what its record says, and what its log adds. */
export class RunFailure extends Data.TaggedError("RunFailure")<
  RunError & {
    /** Evidence such as the last lines of stderr. */
    readonly detail?: string | undefined
  }
> {}

/** What a plugin threw: its own errors keep their reason, our store's pass through, everything else is its defect. */
export const fromAdapter = (adapter: string, thrown: unknown): RunFailure => {
  if (isAdapterError(thrown)) {
    const { reason, message, hint, detail } = thrown
    return new RunFailure({ code: reason, message, hint, detail })
  }
  if (isStoreError(thrown)) return fromStore(thrown)
  return new RunFailure({
    code: "adapter-defect",
    message: `The adapter ${adapter} broke: ${describe(thrown)}`,
    hint: "This is a defect of the adapter; report it to its authors with this run."
  })
}

export const fromStore = ({ reason, message, hint }: StoreError): RunFailure =>
  new RunFailure({ code: reason, message, hint })

/** An adapter that does not keep the order of events. */
export const protocolFailure = (adapter: string, violation: string): RunFailure =>
  new RunFailure({
    code: "protocol",
    message: `The adapter ${adapter} broke the protocol: ${violation}`,
    hint: `\`studio adapters verify ${adapter}\` shows the law that it breaks.`
  })

const describe = (thrown: unknown): string =>
  typeof thrown === "object" && thrown !== null && "message" in thrown && typeof thrown.message === "string"
    ? "name" in thrown && typeof thrown.name === "string"
      ? `${thrown.name}: ${thrown.message}`
      : thrown.message
    : String(thrown)

const isStoreError = (thrown: unknown): thrown is StoreError =>
  typeof thrown === "object" && thrown !== null && "_tag" in thrown && thrown._tag === "StoreError"
