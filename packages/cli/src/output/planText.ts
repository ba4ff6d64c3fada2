import { pointText, type Plan, type PlannedRun } from "@sglang-studio/core/domain"
import { count } from "@sglang-studio/core/gate"
import { roughTime } from "./outcome.ts"
import { table } from "./table.ts"

/** A plan as text: block by block, a line for runs of one case at one point that follow each other. */
export function planText(plan: Plan): string {
  const blocks = [...Map.groupBy(plan.runs, ({ block }) => block)]
  return [
    headline(plan, blocks.length),
    ...blocks.map(([block, runs]) => `\nblock ${block}\n${table(together(runs).map(row))}`),
    ...(plan.skipped.length === 0 ? [] : [`\nskipped\n${skippedText(plan)}`])
  ].join("\n")
}

const headline = ({ suite, seed, runs, estimateMs }: Plan, blocks: number): string => {
  const warmups = runs.filter(({ phase }) => phase === "warmup").length
  const counts = `${count(runs.length, "run")} in ${count(blocks, "block")}${warmups === 0 ? "" : `, ${warmups} of them warm-up`}`
  const time =
    estimateMs === null
      ? "time not known: no earlier campaign of this suite"
      : `about ${roughTime(estimateMs)}, from earlier campaigns`
  return `suite ${suite}  seed ${seed}\n${counts}; ${time}`
}

/** Runs that follow each other and differ in their backend or repeat alone. */
function together(runs: readonly PlannedRun[]): readonly (readonly PlannedRun[])[] {
  const groups: PlannedRun[][] = []
  for (const run of runs) {
    const last = groups.at(-1)
    if (last?.[0] !== undefined && cellOf(last[0]) === cellOf(run)) last.push(run)
    else groups.push([run])
  }
  return groups
}

const cellOf = ({ case: name, point, phase }: PlannedRun): string => `${phase} ${name} ${pointText(point)}`

const row = (runs: readonly PlannedRun[]): readonly string[] => {
  const [first] = runs
  const [from, to] = [first?.position ?? 0, runs.at(-1)?.position ?? 0]
  return [
    from === to ? String(from) : `${from}-${to}`,
    first?.case ?? "",
    pointText(first?.point ?? {}),
    runs.map(({ backend }) => backend).join(" "),
    first?.phase === "warmup" ? "warm-up" : ""
  ]
}

/** A reason once, with what it is for. */
const skippedText = ({ skipped }: Plan): string =>
  [...Map.groupBy(skipped, ({ reason }) => reason)]
    .map(([reason, all]) => `  ${reason}\n${all.map(({ key }) => `    ${key}`).join("\n")}`)
    .join("\n")
