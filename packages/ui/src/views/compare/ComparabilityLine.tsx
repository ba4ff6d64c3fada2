import type { Comparison, ConfigDifference } from "@sglang-studio/core/domain"
import { jsonText } from "../../base/flatten.ts"
import { count, plural } from "../../base/format.ts"
import { Badge } from "../../parts/Badge.tsx"
import { jump } from "./jump.ts"

/** Whether the arms may be compared at all; what is wrong stands above everything. */
export const ComparabilityLine = ({ comparison }: { comparison: Comparison }) => {
  const { comparability, parity, scores } = comparison
  const declared = comparability.differences.filter((one) => one.declared)
  const others = comparability.differences.filter((one) => !one.declared)
  const size = [
    parity === null ? null : `${plural(parity.prompts, "prompt")}, ${count(parity.positions)} tokens`,
    scores === null ? null : plural(scores.requests, "score request")
  ].filter((part) => part !== null)
  return (
    <div class="comparability">
      <Badge kind={comparability.outcome} />
      <span>
        {comparability.outcome === "refused" ? "the arms do not answer the same request" : "same workload"}
        {size.length > 0 && ` \u00b7 ${size.join(", ")}`}
      </span>
      {declared.length > 0 && (
        <span>
          declared {declared.length === 1 ? "factor" : "factors"}:{" "}
          <strong>
            {declared
              .slice(0, 3)
              .map((one) => leaf(one.path))
              .join(", ")}
          </strong>
          {declared.length > 3 && (
            <>
              {" "}
              <a class="link" href="#configuration" onClick={jump("configuration", {})}>
                and {declared.length - 3} more
              </a>
            </>
          )}
        </span>
      )}
      {others.length > 0 && (
        <span>
          {plural(others.length, "other difference")}:{" "}
          {others.slice(0, 3).map((one, index) => (
            <>
              {index > 0 && ", "}
              <a key={one.path} class="link" href="#configuration" title={one.path} onClick={jump("configuration", {})}>
                {leaf(one.path)} {brief(one)}
              </a>
            </>
          ))}
          {others.length > 3 && ", \u2026"}
        </span>
      )}
    </div>
  )
}

const leaf = (path: string): string => path.split(".").at(-1) ?? path

const brief = ({ values }: ConfigDifference): string => {
  const text = values.map(jsonText).join(" \u2192 ")
  return text.length <= 22 ? text : ""
}
