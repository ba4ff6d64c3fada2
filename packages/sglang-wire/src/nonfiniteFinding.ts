import type { Finding } from "@sglang-studio/core/domain"

export const nonfiniteFinding = (keys: readonly string[]): Finding => ({
  code: "nonfinite-json",
  severity: "info",
  message: `The engine wrote Infinity or NaN, which JSON does not have, under: ${[...new Set(keys)].join(", ")}.`,
  evidence: { keys: [...new Set(keys)] }
})
