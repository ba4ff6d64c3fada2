/** Milliseconds of a duration as people write it: `90s`, `10m`, `1.5h`, `250ms`, or a number of seconds. Null: none of it. */
export const parseDuration = (written: unknown): number | null => {
  if (typeof written === "number") return Number.isFinite(written) && written >= 0 ? written * 1000 : null
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)$/u.exec(String(written).trim()) ?? []
  return amount === undefined ? null : Number(amount) * (milliseconds[unit] ?? 1)
}

const milliseconds: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
