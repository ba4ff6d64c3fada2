import type { Comparison } from "@sglang-studio/core/domain"
import { significant } from "../../base/format.ts"
import { prose } from "../../base/prose.ts"
import { MetricName } from "../../parts/MetricName.tsx"
import { Levels } from "../checks/Levels.tsx"

/** How far up the parity protocol the arms agree, and by which tolerance that was judged. */
export const ProtocolPanel = ({ comparison: { levels, parity } }: { comparison: Comparison }) =>
  levels.length === 0 ? null : (
    <section class="card" aria-labelledby="protocol-title">
      <div class="card-head">
        <h2 id="protocol-title">Parity</h2>
        {parity !== null && (
          <span class="note tolerance-note" title={String(parity.tolerance.value)}>
            <MetricName name="tolerance" label="tolerance" /> {significant(parity.tolerance.value)} nats {"\u00b7"}{" "}
            {prose(parity.tolerance.source)}
          </span>
        )}
      </div>
      <Levels levels={levels} />
    </section>
  )
