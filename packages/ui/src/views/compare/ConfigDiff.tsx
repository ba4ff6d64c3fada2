import type { Comparison, Json } from "@sglang-studio/core/domain"
import { flatten, jsonText } from "../../base/flatten.ts"
import { sideOf } from "../../base/sides.ts"
import { lastOf } from "../../model/load.ts"
import { runById } from "../../model/runs.ts"
import { Segments } from "../../parts/Segments.tsx"
import { query, setQuery } from "../../shell/router.ts"

/** What answered, field by field; differences only until asked for all. */
export const ConfigDiff = ({ comparison }: { comparison: Comparison }) => {
  const { differences } = comparison.comparability
  const everything = query.value.get("config") === "all"
  const all = allFields(comparison)
  const shown = everything
    ? all
    : differences.map((one) => ({ path: one.path, values: one.values, differs: true, declared: one.declared }))
  return (
    <section class="card" id="configuration" aria-labelledby="configuration-title">
      <div class="card-head">
        <h2 id="configuration-title">Configuration</h2>
        <span class="note">
          {all.length > 0
            ? `${differences.length} of ${all.length} fields differ`
            : `${differences.length} fields differ`}
        </span>
        <span class="push">
          <Segments
            label="Fields"
            choices={[
              { value: "differences", label: "differences" },
              { value: "all", label: "all" }
            ]}
            value={everything ? "all" : "differences"}
            onChoose={(value) => setQuery({ config: value === "all" ? "all" : null })}
          />
        </span>
      </div>
      {shown.length === 0 ? (
        <p class="card-body muted">Both sides declare the same configuration.</p>
      ) : (
        <div class="scroll-y" tabIndex={0} role="region" aria-label="Configuration fields">
          <table class="rows config">
            <thead>
              <tr>
                <th>field</th>
                {comparison.arms.map((arm, index) => (
                  <th key={arm.label} class={sideOf(index)}>
                    <span class="side-ink">{arm.label}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {shown.map((field) => (
                <tr key={field.path}>
                  <th scope="row" class="cut" title={field.path}>
                    {field.differs && !field.declared && (
                      <span class="undeclared" title="This difference was not declared">
                        ~<span class="visually-hidden">undeclared</span>{" "}
                      </span>
                    )}
                    {field.path.replace(/^fingerprint\.(flags\.)?/, "")}
                  </th>
                  {field.values.map((value, index) => (
                    <td
                      key={index}
                      class={`mono cut ${field.differs ? `${sideOf(index)} side-ink` : "muted"}`}
                      title={jsonText(value)}
                    >
                      {jsonText(value)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

interface Field {
  readonly path: string
  readonly values: readonly Json[]
  readonly differs: boolean
  readonly declared: boolean
}

const allFields = ({ arms, comparability }: Comparison): readonly Field[] => {
  const prints = arms.map((arm) => {
    const run = arm.runIds[0] === undefined ? null : lastOf(runById(arm.runIds[0]).load.value)
    return new Map(run?.fingerprint == null ? [] : flatten({ ...run.fingerprint }))
  })
  const declared = new Set(comparability.differences.filter((one) => one.declared).map((one) => one.path))
  return [...new Set(prints.flatMap((print) => [...print.keys()]))].map((path) => {
    const values = prints.map((print) => print.get(path) ?? null)
    const differs = values.some((value) => JSON.stringify(value) !== JSON.stringify(values[0]))
    return { path, values, differs, declared: declared.has(path) || declared.has(`fingerprint.${path}`) }
  })
}
