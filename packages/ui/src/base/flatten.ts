import type { Json } from "@sglang-studio/core/domain"

/** Leaves of a JSON value by dotted path; empty arrays and objects are leaves. */
export const flatten = (value: Json, path = ""): [string, Json][] => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[path, value]]
  const entries = Object.entries(value)
  if (entries.length === 0) return [[path, value]]
  return entries.flatMap(([key, inner]) => flatten(inner, path === "" ? key : `${path}.${key}`))
}

export const jsonText = (value: Json | undefined): string =>
  value === undefined || value === null ? "\u2014" : typeof value === "string" ? value : JSON.stringify(value)
