import { metricName } from "./metricNames.ts"

/** A sentence of a record as the page writes it: metrics by their names, thousands apart, and a real minus. */
export const prose = (text: string): string =>
  text
    .replace(/\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?:\.[a-z0-9]+)?\b/g, (word) => metricName(word).label)
    // A lone number in parentheses is a token's id.
    .replace(/\(\d+\)|(?<![\w.,:/#-])\d{4,}(?![\w:/-]|[.,]\d)/g, (digits) =>
      digits.startsWith("(") ? digits : Number(digits).toLocaleString("en-US")
    )
    .replace(/(?<![\w.,:/#-])-(?=\d)/g, "\u2212")
    .replace(/(\d) %/g, "$1\u202f%")
