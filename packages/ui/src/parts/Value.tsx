import { significant } from "../base/format.ts"

/** A number with three digits, all of them on hover. */
export const Value = ({ value, unit, digits = 3 }: { value: number | null; unit?: string; digits?: number }) =>
  value === null ? (
    <span class="faint">{"\u2014"}</span>
  ) : (
    <span title={`${value}${unit === undefined ? "" : ` ${unit}`}`}>
      {significant(value, digits)}
      {unit !== undefined && unit !== "1" && <span class="muted"> {unit}</span>}
    </span>
  )
