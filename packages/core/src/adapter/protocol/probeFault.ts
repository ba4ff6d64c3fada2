import { operations } from "../../domain/operation.ts"
import type { Probe } from "../../domain/probe.ts"
import { faultAt, type Fault } from "./Fault.ts"
import { jsonFault } from "./jsonFault.ts"
import { aText, aTextOrNull, isObject, isText, isTextOrNull } from "./values.ts"

/** What is wrong with the answer to a probe; null when nothing is. */
export const probeFault = (probe: Probe): Fault | null => {
  if (!isObject(probe)) return faultAt("", probe, "an object")
  const { reachable, server, decidedBy, fingerprint, capabilities, notes } = probe
  if (typeof reachable !== "boolean") return faultAt("reachable", reachable, "true or false")
  if (!isText(server)) return faultAt("server", server, aText)
  if (!isText(decidedBy)) return faultAt("decidedBy", decidedBy, aText)
  return (
    (fingerprint === null ? null : fingerprintFault(fingerprint)) ??
    entriesFault("capabilities", capabilities, capabilityFault) ??
    entriesFault("notes", notes, (note, field) => (isText(note) ? null : faultAt(field, note, aText))) ??
    jsonFault(fingerprint?.flags ?? {}, "fingerprint.flags")
  )
}

const fingerprintFault = (fingerprint: NonNullable<Probe["fingerprint"]>): Fault | null => {
  if (!isObject(fingerprint)) return faultAt("fingerprint", fingerprint, "null or an object")
  for (const name of texts)
    if (!isTextOrNull(fingerprint[name])) return faultAt(`fingerprint.${name}`, fingerprint[name], aTextOrNull)
  return isObject(fingerprint.flags) ? null : faultAt("fingerprint.flags", fingerprint.flags, "an object")
}

const texts = [
  "engine",
  "engineVersion",
  "commit",
  "model",
  "modelRevision",
  "tokenizerHash",
  "device",
  "dtype"
] as const satisfies readonly (keyof NonNullable<Probe["fingerprint"]>)[]

const capabilityFault = (capability: unknown, field: string): Fault | null => {
  if (!isObject(capability)) return faultAt(field, capability, "{ operation, available, evidence }")
  const { operation, available, evidence } = capability
  if (!operations.some((known) => known === operation))
    return faultAt(`${field}.operation`, operation, `out of ${operations.join(", ")}`)
  if (typeof available !== "boolean") return faultAt(`${field}.available`, available, "true or false")
  return isText(evidence) ? null : faultAt(`${field}.evidence`, evidence, aText)
}

const entriesFault = (
  field: string,
  values: unknown,
  faultOf: (value: unknown, field: string) => Fault | null
): Fault | null => {
  if (!Array.isArray(values)) return faultAt(field, values, "a list")
  for (const [index, value] of values.entries()) {
    const fault = faultOf(value, `${field}[${index}]`)
    if (fault !== null) return fault
  }
  return null
}
