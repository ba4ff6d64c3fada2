import type { Finding, Json, Validity } from "@sglang-studio/core/domain"
import { flatten, jsonText } from "../../base/flatten.ts"
import { significant } from "../../base/format.ts"
import { prose } from "../../base/prose.ts"
import { Badge } from "../../parts/Badge.tsx"

const kinds = { error: "invalid", warning: "suspect", info: "none" } as const

/** Whether the numbers can be relied on, with every trap that was met. */
export const ValidityPanel = ({ validity }: { validity: Validity }) => (
  <section class="card" aria-labelledby="validity-title">
    <div class="card-head">
      <h2 id="validity-title">Validity</h2>
      <Badge kind={validity.outcome} />
      {validity.findings.length === 0 && <span class="note">no trap was met</span>}
    </div>
    {validity.findings.length > 0 && (
      <ul class="findings">
        {validity.findings.map((finding, index) => (
          <FindingRow key={index} finding={finding} />
        ))}
      </ul>
    )}
  </section>
)

const FindingRow = ({ finding }: { finding: Finding }) => (
  <li>
    <Badge kind={kinds[finding.severity]} text={finding.severity} />
    <div>
      <p>
        <code class="tag">{finding.code}</code> {prose(finding.message)}
      </p>
      <dl class="evidence muted small-text">
        {flatten(finding.evidence)
          .filter(([path]) => path !== "")
          .map(([path, value]) => (
            <div key={path}>
              <dt>{path.replaceAll(/[_.]/g, " ")}</dt>
              <dd class="mono">{evidenceText(value)}</dd>
            </div>
          ))}
      </dl>
    </div>
  </li>
)

const mostListed = 8

const evidenceText = (value: Json): string =>
  typeof value === "number"
    ? significant(value, 4)
    : Array.isArray(value)
      ? value.slice(0, mostListed).map(evidenceText).join(", ") + (value.length > mostListed ? " \u2026" : "")
      : jsonText(value)
