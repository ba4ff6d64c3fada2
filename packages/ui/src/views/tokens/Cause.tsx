import { definitionOf, type Confirmation, type Divergence } from "@sglang-studio/core/domain"
import { causeMeaning } from "../../base/causes.ts"
import { evidenceText } from "../../base/evidence.ts"
import { flatten, jsonText } from "../../base/flatten.ts"
import { significant } from "../../base/format.ts"
import { Badge } from "../../parts/Badge.tsx"
import { MetricName } from "../../parts/MetricName.tsx"
import { Unbroken } from "../../parts/Unbroken.tsx"
import { Check } from "./Check.tsx"

/** Why the sides part, what says so, and what would confirm it. */
export const Cause = ({ divergence }: { divergence: Divergence }) => {
  const words = evidenceText(divergence)
  const figures = flatten(divergence.evidence).filter(([path]) => path !== "")
  return (
    <div class="cause">
      <p>
        <Badge kind={divergence.cause === "near-tie" ? "inconclusive" : "fail"} text={divergence.cause} />{" "}
        {causeMeaning(divergence.cause)}
      </p>
      {words !== "" && (
        <p class="evidence-words">
          <Unbroken text={words} />
        </p>
      )}
      {figures.length > 0 && (
        <details open={words === ""}>
          <summary class="link small-text">Figures</summary>
          <dl class="evidence">
            {figures.map(([path, value]) => (
              <div key={path}>
                <dt class="muted">
                  {definitionOf(path) === null ? path.replaceAll("_", " ") : <MetricName name={path} />}
                </dt>
                <dd class="mono">
                  {typeof value === "number" ? (
                    <span class="nowrap" title={String(value)}>
                      {significant(value)}
                    </span>
                  ) : (
                    jsonText(value)
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      {divergence.confirm.length > 0 && (
        <>
          <h3 class="muted">What would confirm it</h3>
          <ul class="confirm">
            {divergence.confirm.map((one: Confirmation) => (
              <Check key={one.action} divergence={divergence} confirmation={one} />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
