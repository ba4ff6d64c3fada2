import type { Studio } from "@sglang-studio/core"
import type { Campaign, Run } from "@sglang-studio/core/domain"

/** What a reader has to know of the runs behind a verdict, and how to get them again. */
export interface CampaignNotes {
  /** Errors and findings, each with the runs that have it. */
  readonly problems: readonly {
    readonly code: string
    readonly severity: "error" | "warning" | "info"
    readonly message: string
    readonly runIds: readonly string[]
  }[]
  /** Command lines. */
  readonly reproduce: readonly string[]
}

/** Reads the runs that failed or are not valid; `asked` is the command line that starts the like. */
export async function notesOf(studio: Studio, campaign: Campaign, asked: string | null): Promise<CampaignNotes> {
  const doubtful = campaign.runs.filter(
    ({ status, validity, phase }) => phase === "measured" && (status === "failed" || (validity ?? "valid") !== "valid")
  )
  const runs = await Promise.all(doubtful.flatMap(({ runId }) => (runId === null ? [] : [studio.runs.get(runId)])))
  const found = runs.flatMap((run) => problemsOf(run).map((problem) => ({ ...problem, runId: run.id })))
  const groups = Map.groupBy(found, ({ code }) => code)
  return {
    problems: [...groups.values()].map((group) => {
      const { code, severity, message } = group[0]!
      return { code, severity, message, runIds: group.map(({ runId }) => runId) }
    }),
    reproduce: [...(asked === null ? [] : [asked]), `studio campaigns show ${campaign.id}`]
  }
}

const problemsOf = ({ error, validity }: Run) => [
  ...(error === null ? [] : [{ code: error.code, severity: "error" as const, message: error.message }]),
  ...validity.findings.filter(({ severity }) => severity !== "info")
]
