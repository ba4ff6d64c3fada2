import type { Campaign } from "@sglang-studio/core/domain"
import { useState } from "preact/hooks"
import { plural } from "../../base/format.ts"
import { lastAuthor, rememberAuthor } from "../../model/author.ts"
import { promoteBaseline, type Promotion } from "../../model/baselines.ts"
import { notify } from "../../model/notice.ts"
import { FormDialog } from "../../parts/FormDialog.tsx"
import { DialogLine } from "./DialogLine.tsx"

const failing = ({ cells }: Campaign, backend: string): number =>
  cells.filter(({ candidate, outcome }) => candidate === backend && outcome === "fail").length

/** Makes the runs of one backend what later campaigns of the suite are compared with. */
export const PromoteDialog = ({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) => {
  const [form, setForm] = useState<Promotion>({
    backend: campaign.backends.findLast((one) => failing(campaign, one) === 0) ?? campaign.backends.at(-1) ?? "",
    name: campaign.against ?? "main",
    reason: "",
    author: lastAuthor(),
    allowMock: false
  })
  const mocks = campaign.provenances.filter((one) => one.startsWith("mock"))
  const onlyMocks = mocks.length > 0 && mocks.length === campaign.provenances.length
  const wrong = failing(campaign, form.backend)
  const change = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }))
  const save = async () => {
    const made = await promoteBaseline(campaign.id, form)
    rememberAuthor(form.author)
    notify(`${form.name} now holds ${plural(made, "cell")} of ${form.backend}`)
  }
  return (
    <FormDialog
      label="Promote as baseline"
      title={`Promote as baseline of ${campaign.suite}`}
      verb="Promote"
      isComplete={
        [form.name, form.reason, form.author].every((one) => one.trim() !== "") && (!onlyMocks || form.allowMock)
      }
      save={save}
      onClose={onClose}
      lined
    >
      <label>
        <span class="muted">runs of</span>
        <select
          class="picker"
          value={form.backend}
          onChange={(event) => change({ backend: event.currentTarget.value })}
        >
          {campaign.backends.map((backend) => (
            <option key={backend}>{backend}</option>
          ))}
        </select>
      </label>
      {wrong > 0 && (
        <p class="bad">
          {plural(wrong, "cell")} of {form.backend} {wrong === 1 ? "fails" : "fail"} here: later campaigns would be held
          to that.
        </p>
      )}
      <DialogLine name="name" value={form.name} onInput={(name) => change({ name })} />
      <DialogLine
        name="reason"
        value={form.reason}
        placeholder="why these runs are the ones to hold to"
        onInput={(reason) => change({ reason })}
      />
      <DialogLine name="author" value={form.author} onInput={(author) => change({ author })} />
      {mocks.length > 0 && (
        <label class="check">
          <input
            type="checkbox"
            checked={form.allowMock}
            onChange={(event) => change({ allowMock: event.currentTarget.checked })}
          />
          take them although a mock made them
        </label>
      )}
    </FormDialog>
  )
}
