import { effect, signal, type ReadonlySignal, type Signal } from "@preact/signals"
import { api } from "../api/client.ts"
import { labelId, readItems, type PlaygroundForm } from "./playgroundForm.ts"

/** What the labels of the form are on each backend. */
export interface ResolvedLabels {
  readonly backends: readonly BackendLabels[]
  /** Tokens of all items on the first backend that can tell. */
  readonly itemTokens: number | null
}

export type BackendLabels =
  | { readonly backend: string; readonly state: "known"; readonly ids: readonly number[] }
  /** These labels are not exactly one token; with the pieces that they fall into. */
  | { readonly backend: string; readonly state: "split"; readonly label: string; readonly pieces: readonly number[] }
  | { readonly backend: string; readonly state: "unknown"; readonly why: string }

const waitMs = 250
const mostItems = 500

/** Asks every chosen backend for the ids of the labels, a moment after the form has come to rest. */
export const labelIds = (
  form: Signal<PlaygroundForm>
): { readonly resolved: ReadonlySignal<ResolvedLabels>; readonly dispose: () => void } => {
  const resolved = signal<ResolvedLabels>({ backends: [], itemTokens: null })
  let asked = ""
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = effect(() => {
    const { mode, backends, labels, items, itemsAs } = form.value
    const texts = labels.filter((label) => labelId(label) === null)
    const key = JSON.stringify([mode, backends, labels, items, itemsAs])
    if (key === asked) return
    asked = key
    clearTimeout(timer)
    if (mode !== "score" || backends.length === 0) {
      resolved.value = { backends: [], itemTokens: null }
      return
    }
    const read = readItems(items, itemsAs)
    const itemTexts = read.ok
      ? read.value.filter((item): item is string => typeof item === "string").slice(0, mostItems)
      : []
    timer = setTimeout(async () => {
      const answers = await Promise.all(backends.map((backend) => ask(backend, labels, texts, itemTexts)))
      if (asked !== key) return
      resolved.value = {
        backends: labels.length === 0 ? [] : answers.map((answer) => answer.labels),
        itemTokens:
          read.ok && read.value.length <= mostItems
            ? (answers.find((answer) => answer.itemTokens !== null)?.itemTokens ?? null)
            : null
      }
    }, waitMs)
  })
  return {
    resolved,
    dispose: () => {
      stop()
      clearTimeout(timer)
    }
  }
}

const ask = async (backend: string, labels: readonly string[], texts: readonly string[], items: readonly string[]) => {
  const all = [...texts, ...items]
  const unknown = (why: string) => ({ labels: { backend, state: "unknown", why } as const, itemTokens: null })
  if (all.length === 0) return { labels: known(backend, labels, []), itemTokens: null }
  try {
    const { ids } = await api.tokenize({ name: backend, texts: all })
    if (ids === null) return unknown("this backend has no tokenizer to ask")
    const itemTokens = ids.slice(texts.length).reduce((sum, one) => sum + one.length, 0)
    return { labels: known(backend, labels, ids), itemTokens: items.length === 0 ? null : itemTokens }
  } catch {
    return unknown("not reachable")
  }
}

const known = (backend: string, labels: readonly string[], tokenIds: readonly (readonly number[])[]): BackendLabels => {
  const ids: number[] = []
  let at = 0
  for (const label of labels) {
    const id = labelId(label)
    const pieces = id === null ? (tokenIds[at++] ?? []) : [id]
    if (pieces.length !== 1) return { backend, state: "split", label, pieces }
    ids.push(pieces[0] ?? 0)
  }
  return { backend, state: "known", ids }
}
