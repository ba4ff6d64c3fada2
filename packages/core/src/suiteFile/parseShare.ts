/** A ratio as people write it: `5%` is 0.05, a number is itself. Null: none from 0 on. */
export const parseShare = (written: unknown): number | null => {
  if (typeof written === "number") return Number.isFinite(written) && written >= 0 ? written : null
  const [, amount, percent] = /^(\d+(?:\.\d+)?)\s*(%)?$/u.exec(String(written).trim()) ?? []
  if (amount === undefined) return null
  return percent === undefined ? Number(amount) : Number((Number(amount) / 100).toPrecision(15))
}
