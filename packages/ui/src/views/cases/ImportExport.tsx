import { api } from "../../api/client.ts"
import { toProblem, type Problem } from "../../api/problem.ts"
import { plural } from "../../base/format.ts"
import { importCases } from "../../model/cases.ts"
import { notify } from "../../model/notice.ts"

/** Reads cases from a file, one JSON object a line; null when all went well. */
export const takeFile = async (file: File | undefined): Promise<Problem | null> => {
  if (file === undefined) return null
  try {
    notify(`${plural(await importCases(await file.text()), "case")} imported from ${file.name}`)
    return null
  } catch (thrown) {
    return toProblem(thrown)
  }
}

/** Hands the cases to the browser as a file. */
const saveFile = async (): Promise<void> => {
  try {
    const { lines } = await api.exportCases({})
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([lines], { type: "application/jsonl" }))
    link.download = "cases.jsonl"
    link.click()
    URL.revokeObjectURL(link.href)
  } catch (thrown) {
    notify(toProblem(thrown).detail, "bad")
  }
}

export const ImportExport = ({ onProblem }: { onProblem: (problem: Problem | null) => void }) => (
  <>
    <label class="button file-button">
      Import
      <input
        class="visually-hidden"
        type="file"
        aria-label="Import cases from a JSONL file"
        accept=".jsonl,.json,.txt"
        onChange={(event) => {
          const input = event.currentTarget
          void takeFile(input.files?.[0]).then((problem) => {
            onProblem(problem)
            input.value = ""
          })
        }}
      />
    </label>
    <button type="button" class="button" onClick={() => void saveFile()}>
      Export
    </button>
  </>
)
