import type { Campaign } from "@sglang-studio/core/domain"
import { useState } from "preact/hooks"
import { toProblem } from "../../api/problem.ts"
import { plural } from "../../base/format.ts"
import { lastAuthor, rememberAuthor } from "../../model/author.ts"
import { promoteBaseline, type Promotion } from "../../model/baselines.ts"
import { notify } from "../../model/notice.ts"
import { FormDialog } from "../../parts/FormDialog.tsx"
import { DialogLine } from "./DialogLine.tsx"

/** Makes the runs of one backend what later campaigns of the suite are compared with. */
export const PromoteDialog = ({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) => {
  const [form, setForm] = useState<Promotion>({
    backend: campaign.backends.at(-1) ?? "",
    name: campaign.against ?? "main",
    reason: "",
    author: lastAuthor(),
    allowMock: false
  })
  const [isMock, setMock] = useState(false)
  const change = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }))
  const save = async () => {
    const made = await promoteBaseline(campaign.id, form).catch((thrown: unknown) => {
      setMock(toProblem(thrown).code === "mock-refused")
      throw thrown
    })
    rememberAuthor(form.author)
    notify(`${form.name} now holds ${plural(made, "cell")} of ${form.backend}`)
  }
  return (
    <FormDialog
      label="Promote as baseline"
      title={`Promote as baseline of ${campaign.suite}`}
      verb="Promote"
      isComplete={[form.name, form.reason, form.author].every((one) => one.trim() !== "")}
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
      <DialogLine name="name" value={form.name} onInput={(name) => change({ name })} />
      <DialogLine
        name="reason"
        value={form.reason}
        placeholder="why these runs are the ones to hold to"
        onInput={(reason) => change({ reason })}
      />
      <DialogLine name="author" value={form.author} onInput={(author) => change({ author })} />
      {(isMock || form.allowMock) && (
        <span class="check">
          <input
            type="checkbox"
            id="allow-mock"
            checked={form.allowMock}
            onChange={(event) => change({ allowMock: event.currentTarget.checked })}
          />
          <label for="allow-mock">take them although a mock made them</label>
        </span>
      )}
    </FormDialog>
  )
}
