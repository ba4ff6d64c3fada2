import * as Data from "effect/Data"
import { adapterErrorReasons, isAdapterError } from "../adapter/AdapterError.ts"
import { showValue } from "../adapter/protocol/Fault.ts"
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
  if (isAdapterError(thrown) && adapterErrorReasons.includes(thrown.reason) && typeof thrown.message === "string") {
    const { reason, message, hint, detail } = thrown
    return new RunFailure({ code: reason, message, hint: textOf(hint) ?? null, detail: textOf(detail) })
  }
  if (isStoreError(thrown)) return fromStore(thrown)
  if (isTagged(thrown, "NoIterable")) return protocolFailure(adapter, `it gave ${(thrown as Error).message}`)
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

/** An error that no call of the adapter gave to anybody, such as one of a timer: whose it is can only be guessed. */
export const strayFailure = (adapter: string, thrown: unknown): RunFailure =>
  new RunFailure({
    code: "adapter-defect",
    message: `Something failed outside of any call while the adapter ${adapter} worked: ${describe(thrown)}`,
    hint: "An error in a timer, or in a promise that nobody awaits, ends the whole program; STUDIO_DEBUG=1 shows where it was."
  })

/** What an unknown thrown value says, on one line where it is an error. */
export const describe = (thrown: unknown): string => {
  if (typeof thrown === "string") return thrown
  const { name, message } = (thrown ?? {}) as { readonly name?: unknown; readonly message?: unknown }
  if (typeof message !== "string") return showValue(thrown)
  return typeof name === "string" ? `${name}: ${message}` : message
}

const isStoreError = (thrown: unknown): thrown is StoreError => isTagged(thrown, "StoreError")

const isTagged = (thrown: unknown, tag: string): boolean =>
  typeof thrown === "object" && thrown !== null && "_tag" in thrown && thrown._tag === tag

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)
