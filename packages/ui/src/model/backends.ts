import { signal } from "@preact/signals"
import { api } from "../api/client.ts"
import { toProblem, type Problem } from "../api/problem.ts"
import { readBackendSpec } from "../api/backendSpec.ts"
import { lastOf, loaded } from "./load.ts"

export const backends = loaded(() => api.listBackends())

/** Whether what a backend of this name gives is made by the mock, as far as the list tells. */
export const isMock = (name: string): boolean =>
  lastOf(backends.load.value)?.items.some(
    (one) => one.name === name && (one.adapter === "mock" || one.adapterMode === "mock")
  ) === true

/** Names that are being asked now. */
export const probing = signal<ReadonlySet<string>>(new Set())

/** Asks a backend what it is now; an unreachable one is an answer, not an error. */
export const probeBackend = async (name: string): Promise<void> => {
  probing.value = new Set([...probing.peek(), name])
  try {
    const fresh = await api.probeBackend({ name })
    const items = lastOf(backends.load.peek())?.items ?? []
    backends.set({ items: items.map((one) => (one.name === name ? fresh : one)) })
  } finally {
    probing.value = new Set([...probing.peek()].filter((one) => one !== name))
  }
}

/** Adds a backend from the spec that `--backend` takes, then asks it. Returns its name, or why not. */
export const addBackend = async (spec: string): Promise<{ readonly name: string } | { readonly problem: Problem }> => {
  const read = readBackendSpec(spec)
  if (!read.ok) {
    return { problem: { ...toProblem(read.problem), code: "bad-backend-spec", detail: read.problem, hint: null } }
  }
  try {
    const added = await api.addBackend(read.body)
    const items = lastOf(backends.load.peek())?.items ?? []
    backends.set({ items: [...items.filter((one) => one.name !== added.name), added] })
    void probeBackend(added.name).catch(() => undefined)
    return { name: added.name }
  } catch (thrown) {
    return { problem: toProblem(thrown) }
  }
}
