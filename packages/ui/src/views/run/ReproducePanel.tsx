import type { Reproduce } from "@sglang-studio/core/domain"
import { copyText } from "../../model/notice.ts"
import { Segments } from "../../parts/Segments.tsx"
import { query, setQuery } from "../../shell/router.ts"

const names = { cli: "CLI", curl: "curl", python: "Python" } as const

/** The command that measures this again, here or without the studio. */
export const ReproducePanel = ({ reproduce }: { reproduce: Reproduce }) => {
  const forms = (["cli", "curl", "python"] as const).filter((form) => reproduce[form] !== null)
  const form = forms.find((one) => one === query.value.get("reproduce")) ?? "cli"
  const text = reproduce[form] ?? ""
  return (
    <section class="card" aria-labelledby="reproduce-title">
      <div class="card-head">
        <h2 id="reproduce-title">Reproduce</h2>
        <span class="push spread">
          {forms.length > 1 && (
            <Segments
              label="Form"
              choices={forms.map((value) => ({ value, label: names[value] }))}
              value={form}
              onChoose={(value) => setQuery({ reproduce: value === "cli" ? null : value })}
            />
          )}
          <button type="button" class="button small" onClick={() => void copyText(text, names[form])}>
            Copy
          </button>
        </span>
      </div>
      <pre class="text" tabIndex={0} role="region" aria-label="Command">
        {text}
      </pre>
    </section>
  )
}
