import type { Point } from "../domain/plan.ts"
import type { BenchmarkFlags, RunRequest, TokenInput } from "../domain/workload.ts"
import { fillScalar, fillText } from "./placeholders.ts"

/** A request with the values of a point in its texts and flags. */
export const fillRequest = (request: RunRequest, point: Point): RunRequest => {
  if ("benchmark" in request) {
    const { entrypoint, set } = request.benchmark
    return { benchmark: { entrypoint: fillText(entrypoint, point), set: fillFlags(set, point) } }
  }
  if ("generate" in request) {
    const { prompt, ...rest } = request.generate
    return { generate: { ...rest, prompt: prompt === null ? null : fillText(prompt, point) } }
  }
  const { query, items, labels, ...rest } = request.score
  return {
    score: {
      ...rest,
      query: fillInput(query, point),
      items: items.map((item) => fillInput(item, point)),
      labels: labels?.map((label) => fillText(label, point)) ?? null
    }
  }
}

const fillFlags = (set: BenchmarkFlags, point: Point): BenchmarkFlags =>
  Object.fromEntries(Object.entries(set).map(([flag, value]) => [flag, fillScalar(value, point)]))

const fillInput = (input: TokenInput, point: Point): TokenInput =>
  typeof input === "string" ? fillText(input, point) : input
