import type { Run } from "@sglang-studio/core/domain"
import { useState } from "preact/hooks"
import { flatten, jsonText } from "../../base/flatten.ts"
import { plural } from "../../base/format.ts"
import { copyText } from "../../model/notice.ts"

const names = [
  ["engine", "engine"],
  ["engineVersion", "version"],
  ["commit", "commit"],
  ["model", "model"],
  ["modelRevision", "revision"],
  ["tokenizerHash", "tokenizer"],
  ["device", "device"],
  ["dtype", "dtype"]
] as const

/** What answered, and the two hashes that a comparison is checked by. */
export const Fingerprint = ({ run }: { run: Run }) => {
  const [everything, setEverything] = useState(false)
  const { fingerprint } = run
  const flags = fingerprint === null ? [] : flatten(fingerprint.flags)
  return (
    <section class="card" aria-labelledby="fingerprint-title">
      <div class="card-head">
        <h2 id="fingerprint-title">Fingerprint</h2>
        {fingerprint === null && <span class="note">the backend was not probed</span>}
      </div>
      <table class="rows facts">
        <tbody>
          {fingerprint !== null && names.map(([key, name]) => <Fact key={key} name={name} value={fingerprint[key]} />)}
          <Fact name="workload" value={run.workloadHash} copy />
          <Fact name="system" value={run.systemHash} copy />
          {run.imported !== null && <Fact name="imported" value={run.imported.from} />}
          {everything && flags.map(([path, value]) => <Fact key={path} name={path} value={jsonText(value)} />)}
        </tbody>
      </table>
      {flags.length > 0 && (
        <p class="more">
          <button type="button" class="link" aria-expanded={everything} onClick={() => setEverything(!everything)}>
            {everything ? "hide the flags" : `show ${plural(flags.length, "flag")}`}
          </button>
        </p>
      )}
    </section>
  )
}

const Fact = ({ name, value, copy = false }: { name: string; value: string | null; copy?: boolean }) => (
  <tr>
    <th scope="row" class="muted cut" title={name}>
      {name}
    </th>
    <td class="mono cut" title={value ?? "the backend does not say"}>
      {value === null ? (
        <span class="faint">not said</span>
      ) : copy ? (
        <button
          type="button"
          class="mono cut copy-hash"
          title={`Copy ${value}`}
          onClick={() => void copyText(value, `The ${name} hash`)}
        >
          {value}
        </button>
      ) : (
        value
      )}
    </td>
  </tr>
)
