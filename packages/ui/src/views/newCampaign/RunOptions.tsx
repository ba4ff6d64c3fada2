import { baselines } from "../../model/baselines.ts"
import { campaignSwitches, type CampaignForm } from "../../model/campaignForm.ts"
import { lastOf } from "../../model/load.ts"
import { BackendPicker } from "../playground/BackendPicker.tsx"

interface RunOptionsProps {
  readonly form: CampaignForm
  /** Name of the suite, once it can be read. */
  readonly suite: string | null
  readonly onChange: (part: Partial<CampaignForm>) => void
}

const words = {
  gate: "gate: refuse mocks, as CI does",
  allowMock: "let the gate judge mocks",
  untilDecided: "until decided: double the repeats once where they do not decide"
} as const

/** On what a suite is run, what it is held to, and how strictly. */
export const RunOptions = ({ form, suite, onChange }: RunOptionsProps) => {
  const stored = lastOf(baselines().load.value)?.items ?? []
  const names = new Set(stored.filter((one) => one.suite === suite).map(({ name }) => name))
  if (form.against !== "") names.add(form.against)
  return (
    <>
      <div>
        <BackendPicker chosen={form.backends} onChoose={(chosen) => onChange({ backends: chosen })} />
        {form.backends.length === 0 && <p class="resolved">None chosen: those that the suite names.</p>}
      </div>
      <label class="field-group">
        <span>Baseline</span>
        <select
          class="field"
          value={form.against}
          onChange={(event) => onChange({ against: event.currentTarget.value })}
        >
          <option value="">the first backend</option>
          {[...names].map((name) => (
            <option key={name} value={name}>
              {name}, as stored
            </option>
          ))}
        </select>
      </label>
      <div class="run-options">
        {campaignSwitches.map((key) => (
          <label class="check" key={key}>
            <input
              type="checkbox"
              checked={form[key]}
              disabled={key === "allowMock" && !form.gate}
              onChange={(event) => onChange({ [key]: event.currentTarget.checked })}
            />
            {words[key]}
          </label>
        ))}
      </div>
    </>
  )
}
