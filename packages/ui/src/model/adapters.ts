import { api } from "../api/client.ts"
import { backends } from "./backends.ts"
import { lastOf, loaded } from "./load.ts"

/** The adapters that the server has, and the most that each can do. */
export const adapters = loaded(() => api.listAdapters())

/** Benchmark entrypoints of the adapters of some backends, those of the first one first; empty while nothing is known. */
export const entrypointsOf = (names: readonly string[]): readonly string[] => {
  const known = lastOf(backends.load.value)?.items ?? []
  const used = names.map((name) => known.find((one) => one.name === name)?.adapter)
  const found = used.flatMap((adapter) => lastOf(adapters.load.value)?.items.find(({ name }) => name === adapter) ?? [])
  return [...new Set(found.flatMap(({ entrypoints }) => entrypoints))]
}
