import type { Campaign, CampaignCell, CellGate } from "@sglang-studio/core/domain"
import { useState } from "preact/hooks"
import { lastAuthor, rememberAuthor } from "../../model/author.ts"
import { waiveGate } from "../../model/baselines.ts"
import { notify } from "../../model/notice.ts"
import { FormDialog } from "../../parts/FormDialog.tsx"
import { DialogLine } from "./DialogLine.tsx"
import { cellWords } from "./matrix.ts"

interface WaiveDialogProps {
  readonly campaign: Campaign
  readonly cell: CampaignCell
  readonly gate: CellGate
  readonly onClose: () => void
}

const dayMs = 24 * 60 * 60 * 1000

const dayAfter = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)

/** Excuses a gate until a date, in this cell, in its case, or in the whole suite. */
export const WaiveDialog = ({ campaign, cell, gate, onClose }: WaiveDialogProps) => {
  const scopes = {
    cell: { case: cell.case, point: cell.point, backend: cell.candidate },
    case: { case: cell.case, backend: cell.candidate },
    suite: {}
  }
  const words = {
    cell: `${cellWords(cell)} on ${cell.candidate}`,
    case: `every cell of ${cell.case} on ${cell.candidate}`,
    suite: `everywhere in ${campaign.suite}`
  }
  const [where, setWhere] = useState<keyof typeof scopes>("cell")
  const [form, setForm] = useState(() => ({ reason: "", author: lastAuthor(), until: dayAfter(14) }))
  const change = (part: Partial<typeof form>) => setForm((now) => ({ ...now, ...part }))
  const save = async () => {
    await waiveGate({ suite: campaign.suite, gate: gate.name, ...scopes[where], ...form })
    rememberAuthor(form.author)
    notify(`${gate.name} is waived until ${form.until}`)
  }
  return (
    <FormDialog
      label="Waive a gate"
      title={`Waive ${gate.name} of ${campaign.suite}`}
      verb="Waive"
      isComplete={Object.values(form).every((one) => one.trim() !== "")}
      save={save}
      onClose={onClose}
      lined
    >
      <p class="muted">
        A waived gate is still shown and does not decide. Verdicts that are made already stay as they are.
      </p>
      <label>
        <span class="muted">where</span>
        <select
          class="field"
          value={where}
          onChange={(event) => setWhere(event.currentTarget.value as keyof typeof scopes)}
        >
          {Object.entries(words).map(([scope, word]) => (
            <option key={scope} value={scope}>
              {word}
            </option>
          ))}
        </select>
      </label>
      <DialogLine
        name="reason"
        value={form.reason}
        placeholder="why it may fail until then"
        onInput={(reason) => change({ reason })}
      />
      <DialogLine name="author" value={form.author} onInput={(author) => change({ author })} />
      <DialogLine name="until" type="date" value={form.until} onInput={(until) => change({ until })} />
    </FormDialog>
  )
}
