import { AdapterError } from "@sglang-studio/core/adapter"
import type { Json, JsonObject } from "@sglang-studio/core/domain"
import type { Answer } from "./http.ts"
import { excerpt, isObject, numberOf, parseLooseJson, parseLooseObject, textOf, type LooseObject } from "./looseJson.ts"

/** The object of a good answer; else the server's own complaint: `invalid-request` for a 4xx, `protocol` otherwise. */
export const readAnswer = (answer: Answer, what: string): LooseObject => {
  if (answer.status === 200) return parseLooseObject(answer.text, `the answer to ${what}`)
  const refused = answer.status === 400 || answer.status === 422
  throw new AdapterError({
    reason: refused ? "invalid-request" : "protocol",
    message: `The server answered ${what} with ${answer.status}: ${complaint(answer.text)}`,
    hint: refused
      ? "Correct the request as the server says."
      : "Look at the server's own log; the detail has its whole answer.",
    detail: answer.text.slice(0, 4000)
  })
}

/** The last object of a good answer to several prompts. */
export const readLastAnswer = (answer: Answer, prompts: number, what: string): LooseObject => {
  if (answer.status !== 200) return readAnswer(answer, what)
  const { value, nonfinite } = parseLooseJson(answer.text, `the answer to ${what}`)
  const last = Array.isArray(value) && value.length === prompts ? value.at(-1) : undefined
  if (isObject(last)) return { value: last, nonfinite }
  throw new AdapterError({
    reason: "protocol",
    message: `The answer to ${what} should hold ${prompts} results, but begins ${excerpt(answer.text)}`,
    hint: "This server answers batches otherwise than the one that the adapter knows; report its version."
  })
}

/** Scores of `/v1/score`: one row per item, one probability per label. */
export const readScores = (body: JsonObject, items: number, labels: number): readonly (readonly number[])[] => {
  const rows = body["scores"]
  if (!Array.isArray(rows) || rows.length !== items) {
    throw unexpected(`${items} rows of scores`, rows ?? null)
  }
  return rows.map((row: Json) => {
    if (!Array.isArray(row) || row.length !== labels) throw unexpected(`a row of ${labels} scores`, row)
    return row.map((score: Json) => {
      const value = numberOf(score)
      if (value === null) throw unexpected("a finite score", row)
      if (value < -rounding || value > 1 + rounding) throw unexpected("probabilities, from 0 to 1", row)
      return value
    })
  })
}

/** Of exp and softmax in float32. */
const rounding = 1e-6

const unexpected = (wanted: string, got: Json): AdapterError =>
  new AdapterError({
    reason: "protocol",
    message: `The answer to POST /v1/score should hold ${wanted}, but has ${excerpt(JSON.stringify(got))}`,
    hint: "This server's score endpoint differs from the one that the adapter knows; report its version."
  })

/** The message inside an error body, whichever of the engines' forms it has. */
const complaint = (text: string): string => {
  try {
    const body: Json = JSON.parse(text)
    if (!isObject(body)) return excerpt(text)
    const nested = body["error"]
    return (
      textOf(body["message"]) ??
      (isObject(nested) ? textOf(nested["message"]) : textOf(nested)) ??
      textOf(body["detail"]) ??
      excerpt(text)
    )
  } catch {
    return excerpt(text)
  }
}
