import type { ParityReport } from "@sglang-studio/core"
import type {
  Comparison,
  ConsistencyReport,
  Divergence,
  GateResult,
  Json,
  Outcome,
  Run
} from "@sglang-studio/core/domain"
import { causeWords, count } from "@sglang-studio/core/gate"
import { short } from "./number.ts"
import { placeText } from "./placeText.ts"
import { table } from "./table.ts"
import { wouldDecideText } from "./verdictText.ts"

const glyphs = { pass: "✓", fail: "✕", inconclusive: "~", skipped: "·" } as const

const questions = {
  L0: "same token ids?",
  L1: "same logprobs for the same ids?",
  L2: "outputs as likely to the other side?",
  L3: "same greedy outputs?",
  L4: "same scores?"
} as const

const widest = Math.max(...Object.values(questions).map((question) => question.length))

/** What a parity check found: the verdict, then level by level, then why, and what would confirm it. */
export function parityText(report: ParityReport): string {
  const { comparison, levels, runs, selfChecks, reference } = report
  const { verdict } = comparison
  const [only] = selfChecks
  if (only !== undefined && isAlone(report)) return aloneText(report, only)
  return [
    `${glyphs[verdict.outcome]} ${verdict.outcome}  ${verdict.sentence}`,
    wouldDecideText(verdict),
    "",
    ...levels.map(({ level, outcome, reason }) =>
      question(level, questions[level], outcome, withoutSource(reason, comparison))
    ),
    ...comparison.gates.filter(({ name }) => name.startsWith("self-consistency")).map(selfGateText(comparison)),
    comparison.parity === null
      ? null
      : `  tolerance ${short(comparison.parity.tolerance.value)}: ${comparison.parity.tolerance.source}`,
    ...causesText(comparison),
    reference === null ? null : `\n${reference.sentence}`,
    ...selfChecks.map(selfText),
    ...unansweredText(runs),
    "",
    `comparison ${comparison.id}, ${count(runs.length, "run")}; token by token: studio serve, then Compare`
  ]
    .filter((line) => line !== null)
    .join("\n")
}

/** One backend was asked about itself; that it was also compared with itself adds only where that failed. */
export const isAlone = ({ comparison, selfChecks }: ParityReport): boolean =>
  selfChecks.length === 1 && comparison.arms[1]?.label === `${selfChecks[0]?.backend} again`

function aloneText({ comparison, runs }: ParityReport, report: ConsistencyReport): string {
  return [
    aloneSentence(report),
    selfText(report),
    ...causesText(comparison),
    ...unansweredText(runs),
    "",
    `comparison ${comparison.id}, ${count(runs.length, "run")}; token by token: studio serve, then Compare`
  ].join("\n")
}

function aloneSentence({ backend, outcome, checks }: ConsistencyReport): string {
  const named = (wanted: Outcome) => checks.filter((check) => check.outcome === wanted).map(({ name }) => name)
  switch (outcome) {
    case "pass":
      return `${backend} gives the same answer however it is asked, in ${count(named("pass").length, "way")}.`
    case "fail":
      return `${backend} does not give the same answer when it is asked otherwise: ${named("fail").join(", ")}.`
    case "inconclusive":
      return `Not decided: ${backend} did not answer when it was asked so: ${named("inconclusive").join(", ")}.`
  }
}

/** What failed, by backend and error: it is in no figure above. */
function unansweredText(runs: readonly Run[]): readonly string[] {
  const failed = runs.filter(({ status, resend }) => status !== "succeeded" && resend === null)
  const alike = Map.groupBy(failed, ({ backend, error, status }) => `${backend} ${error?.code ?? status}`)
  return [...alike.values()].map((group) => {
    const { id, backend, error, status } = group[0]!
    const asked = runs.filter((run) => run.backend === backend && run.resend === null).length
    const why = error === null ? status : `${error.code}: ${error.message}`
    return `\n${backend} did not answer ${group.length} of ${count(asked, "request")}, first run ${id}: ${why}`
  })
}

const question = (mark: string, asked: string, outcome: keyof typeof glyphs, reason: string): string =>
  `  ${mark.padEnd(2)} ${asked.padEnd(widest)}  ${`${glyphs[outcome]} ${outcome}`.padEnd(14)}  ${reason}`

/** Where the tolerance comes from is told once, below. */
const withoutSource = (reason: string, { parity }: Comparison): string =>
  parity === null
    ? reason
    : [parity.tolerance.source, parity.tolerance.source.split(";")[0]!].reduce(
        (text, source) => text.replace(` (${source})`, ""),
        reason
      )

/** Levels are about two sides; whether a side agrees with itself stands below them. */
const selfGateText =
  ({ verdict }: Comparison) =>
  ({ name, outcome }: GateResult): string => {
    const arm = name.slice(name.indexOf(":") + 1)
    const reason = verdict.reasons.find(({ code, evidence }) => code.startsWith("self-") && evidence["arm"] === arm)
    return question("", `${arm}: same answer when asked again?`, outcome, reason?.message ?? "")
  }

/** Each cause once, by the case that shows it worst. */
function causesText({ divergences }: Comparison): readonly string[] {
  const byCause = Map.groupBy(divergences, ({ cause }) => cause)
  return [...byCause].map(([cause, found]) => {
    const worst = found[0]!
    const cases = new Set(found.map((divergence) => divergence.case)).size
    return [
      `\n${causeWords(cause)}: ${count(cases, "case")}`,
      `  worst: ${placeText(worst)}`,
      `  evidence: ${evidenceText(worst)}`,
      worst.confirm.length === 0
        ? null
        : `  checks: ${worst.confirm.map(({ action, status }) => `${action} (${status})`).join(", ")}`
    ]
      .filter((line) => line !== null)
      .join("\n")
  })
}

const evidenceText = ({ evidence }: Divergence): string =>
  Object.entries(evidence)
    .map(([name, value]) => `${name.replaceAll("_", " ")} ${valueText(value)}`)
    .join(", ")

/** Numbers to three digits, at any depth. */
const valueText = (value: Json): string => {
  if (typeof value === "number") return short(value)
  if (typeof value !== "object" || value === null) return String(value)
  if (isList(value)) return value.map(valueText).join(" ")
  return Object.entries(value)
    .map(([name, member]) => `${name} ${valueText(member)}`)
    .join(" / ")
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

const selfText = ({ backend, outcome, checks }: ConsistencyReport): string =>
  [
    `\n${backend} against itself: ${glyphs[outcome]} ${outcome}`,
    table(
      checks.map((check) => [
        check.name,
        `${glyphs[check.outcome]} ${check.outcome}`,
        check.reason,
        check.maxAbsDelta === null ? "" : `largest difference ${short(check.maxAbsDelta)}`,
        check.outcome === "fail" && check.worst !== null ? `in ${check.worst.case}` : ""
      ])
    )
  ].join("\n")
