import type { CaseSpec } from "@sglang-studio/core/domain"
import { caseToForm, emptyCase, readCase } from "./caseForm.ts"
import { bad, type PlaygroundForm, type Read } from "./playgroundForm.ts"

/** The fields that a stored case fills; token ids have no place in the form. */
export const fieldsOfCase = (spec: CaseSpec): Read<Partial<PlaygroundForm>> => {
  const { kind, prompt, query, items, itemsAs, labels, softmax, itemFirst, tolerance } = caseToForm(spec)
  if (kind === "ids") return bad(`${spec.name} is written in token ids, which the Playground does not take.`)
  return {
    ok: true,
    value:
      kind === "score"
        ? { mode: "score", query, items, itemsAs, labels, softmax, itemFirst, tolerance }
        : { mode: "generate", prompt, tolerance }
  }
}

/** The form as a case. Sampling and mask stay out of it: how a case is sent is the protocol's business. */
export const caseOfForm = (form: PlaygroundForm, name: string, tags: string): Read<CaseSpec> =>
  readCase({ ...emptyCase, ...form, kind: form.mode === "score" ? "score" : "prompt", name, tags })
