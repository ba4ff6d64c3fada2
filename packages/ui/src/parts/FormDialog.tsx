import type { ComponentChildren } from "preact"
import { useState } from "preact/hooks"
import { toProblem, type Problem } from "../api/problem.ts"
import { Modal } from "./Modal.tsx"
import { ProblemBox } from "./States.tsx"

interface FormDialogProps {
  /** Names the dialog to who cannot see it. */
  readonly label: string
  readonly title: string
  /** What the button does. */
  readonly verb: string
  readonly isComplete: boolean
  /** The dialog closes when it is done; what it throws is shown, and the form stays as it is. */
  readonly save: () => void | Promise<void>
  readonly onClose: () => void
  /** Fields one below the other, with their names beside them. */
  readonly lined?: boolean
  readonly children: ComponentChildren
}

/** A form over the page: fields, what is wrong with them, and the way out. */
export const FormDialog = ({
  label,
  title,
  verb,
  isComplete,
  save,
  onClose,
  lined = false,
  children
}: FormDialogProps) => {
  const [problem, setProblem] = useState<Problem | null>(null)
  const submit = async () => {
    try {
      await save()
      onClose()
    } catch (thrown) {
      setProblem(toProblem(thrown))
    }
  }
  return (
    <Modal label={label} onClose={onClose}>
      <div class="dialog-head">{title}</div>
      <form
        class={lined ? "dialog-form lined" : "dialog-form"}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        {children}
        {problem !== null && <ProblemBox problem={problem} />}
        <span class="spread">
          <button type="submit" class="button accent" disabled={!isComplete}>
            {verb}
          </button>
          <button type="button" class="button" onClick={onClose}>
            Cancel
          </button>
        </span>
      </form>
    </Modal>
  )
}
