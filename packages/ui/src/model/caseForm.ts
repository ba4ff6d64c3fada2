import type { CaseInput, CaseSpec } from "@sglang-studio/core/domain"
import { bad, good, readItems, readLabels, readTolerance, type Read } from "./playgroundForm.ts"

/** What the form of a case holds; every field is text or a switch, as the user sees it. */
export interface CaseForm {
  readonly name: string
  readonly kind: "prompt" | "ids" | "score"
  readonly prompt: string
  readonly ids: string
  readonly query: string
  readonly items: string
  readonly itemsAs: "lines" | "json"
  readonly labels: readonly string[]
  readonly softmax: boolean
  readonly itemFirst: boolean
  /** Empty: the tolerance of the comparison. */
  readonly tolerance: string
  readonly tags: string
}

export const emptyCase: CaseForm = {
  name: "",
  kind: "prompt",
  prompt: "",
  ids: "",
  query: "",
  items: "",
  itemsAs: "lines",
  labels: [],
  softmax: true,
  itemFirst: false,
  tolerance: "",
  tags: ""
}

export const caseToForm = (spec: CaseSpec): CaseForm => {
  const common = { ...emptyCase, name: spec.name, tags: spec.tags.join(" "), tolerance: String(spec.tolerance ?? "") }
  if ("prompt" in spec) return { ...common, kind: "prompt", prompt: spec.prompt }
  if ("inputIds" in spec) return { ...common, kind: "ids", ids: spec.inputIds.join(", ") }
  const { query, items, labels, labelTokenIds, applySoftmax, itemFirst } = spec.score
  const plain = items.every((item) => typeof item === "string" && item.trim() !== "" && !/[\r\n]/.test(item))
  return {
    ...common,
    kind: "score",
    query: typeof query === "string" ? query : JSON.stringify(query),
    items: plain ? items.join("\n") : JSON.stringify(items, null, 1),
    itemsAs: plain ? "lines" : "json",
    labels: labels ?? (labelTokenIds ?? []).map((id) => `#${id}`),
    softmax: applySoftmax,
    itemFirst
  }
}

/** The case that the form stands for, or the first thing that is wrong with it. */
export const readCase = (form: CaseForm): Read<CaseSpec> => {
  if (form.name.trim() === "") return bad("Give the case a name.")
  const input = readInput(form)
  if (!input.ok) return input
  const tolerance = readTolerance(form.tolerance)
  if (!tolerance.ok) return tolerance
  return good({
    ...input.value,
    name: form.name.trim(),
    tolerance: tolerance.value,
    tags: form.tags.split(/[\s,]+/).filter(Boolean)
  })
}

const readInput = (form: CaseForm): Read<CaseInput> => {
  switch (form.kind) {
    case "prompt":
      return form.prompt === "" ? bad("Write the prompt.") : good({ prompt: form.prompt })
    case "ids":
      return readIds(form.ids)
    case "score":
      return readScore(form)
  }
}

const readIds = (text: string): Read<CaseInput> => {
  const words = text.split(/[\s,[\]]+/).filter(Boolean)
  if (words.length === 0) return bad("Write the token ids, for example 1, 4874, 912.")
  const strange = words.find((word) => !/^\d+$/.test(word))
  return strange === undefined
    ? good({ inputIds: words.map(Number) })
    : bad(`\u201c${strange}\u201d is not a token id: whole numbers from 0.`)
}

const readScore = (form: CaseForm): Read<CaseInput> => {
  if (form.query === "") return bad("Write the query that every item is scored with.")
  const items = readItems(form.items, form.itemsAs)
  if (!items.ok) return items
  const labels = readLabels(form.labels)
  if (!labels.ok) return labels
  return good({
    score: {
      query: readQuery(form.query),
      items: items.value,
      ...labels.value,
      applySoftmax: form.softmax,
      itemFirst: form.itemFirst
    }
  })
}

/** A query that is a JSON array of ids is one of ids. */
const readQuery = (text: string): string | readonly number[] =>
  /^\[\s*\d+(\s*,\s*\d+)*\s*\]$/.test(text) ? (JSON.parse(text) as number[]) : text

/** A case in one line. */
export const caseText = (spec: CaseInput): string => {
  if ("prompt" in spec) return spec.prompt
  if ("inputIds" in spec) return `ids ${spec.inputIds.slice(0, 12).join(", ")}`
  const { query, items, labels, labelTokenIds } = spec.score
  const words = labels ?? (labelTokenIds ?? []).map((id) => `#${id}`)
  return `${items.length} items, ${words.map((word) => word.trim()).join(" / ")}: ${typeof query === "string" ? query : "ids"}`
}
