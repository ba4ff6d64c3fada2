import type { BenchmarkFlags } from "./workload.ts"

/**
 * A flag as people write it: `num-prompts=20`, with or without leading dashes, a name alone is switched on. Numbers and
 * booleans become what they look like, everything else stays text. Null: no flag.
 */
export const readFlag = (written: string): readonly [flag: string, value: BenchmarkFlags[string]] | null => {
  const [, flag, value] = /^(?:--)?([A-Za-z0-9][\w-]*)(?:=([\s\S]*))?$/.exec(written) ?? []
  return flag === undefined ? null : [flag, value === undefined ? true : typed(value)]
}

const typed = (value: string): BenchmarkFlags[string] => {
  if (value === "true") return true
  if (value === "false") return false
  return value.trim() !== "" && String(Number(value)) === value && Number.isFinite(Number(value))
    ? Number(value)
    : value
}
