/** Where something that an adapter told is not what the contract says. */
export interface Fault {
  /** Dotted path within what was told, such as `logprobs[3]`. */
  readonly field: string
  readonly value: unknown
  /** What would be right, such as "a whole number from 0". */
  readonly expected: string
}

export const faultAt = (field: string, value: unknown, expected: string): Fault => ({ field, value, expected })

/** `logprobs[3] = NaN, not null or a number up to 0`. */
export const tellFault = ({ field, value, expected }: Fault): string =>
  `${[field, showValue(value)].filter((part) => part !== "").join(" = ")}, not ${expected}`

/** Any value on one short line: what an adapter sends may hold itself, throw when it is read, or be no JSON at all. */
export const showValue = (value: unknown): string => {
  const text = written(value)
  return text.length > 120 ? `${text.slice(0, 117)}...` : text
}

const written = (value: unknown): string => {
  if (typeof value === "bigint") return `${value}n`
  if (typeof value === "function") return "a function"
  try {
    return typeof value === "object" || typeof value === "string"
      ? (JSON.stringify(value) ?? String(value))
      : String(value)
  } catch {
    return Object.prototype.toString.call(value)
  }
}
