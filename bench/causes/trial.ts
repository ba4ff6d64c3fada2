import type { ArmRecords, RunRecord, SelfProbe } from "../../packages/core/src/compare/Arms.ts"
import type { Outcome } from "../../packages/core/src/domain/verdict.ts"
import type { GenerateInput, ScoreInput } from "../../packages/core/src/domain/workload.ts"
import { compareArms } from "../../packages/core/src/gate/compareArms.ts"
import { hashText } from "../../packages/adapter-mock/src/model/hash.ts"
import { type Draw, makeDraw } from "./Draw.ts"
import { ask, openSubject, type Subject } from "./records.ts"
import type { Row } from "./rows.ts"
import { text } from "./texts.ts"

/** What one trial asks of both sides. */
export interface Questions {
  readonly prompts: readonly GenerateInput[]
  readonly scores: readonly ScoreInput[]
}

/** Enough prompts and tokens to pass on: 30 and 300 at the least. Two trials in three score as well. */
export const drawQuestions = (draw: Draw): Questions => {
  const maxNewTokens = draw.whole(8, 16)
  return {
    prompts: Array.from({ length: draw.whole(30, 34) }, () => ({
      prompt: text(draw, draw.size(8, 90)),
      inputIds: null,
      maxNewTokens,
      temperature: 0,
      seed: null,
      topLogprobs: 20
    })),
    scores: Array.from({ length: draw.pick([0, 2, 3]) }, () => ({
      query: text(draw, draw.whole(8, 24)),
      items: Array.from({ length: draw.whole(2, 5) }, () => ` ${text(draw, 4)}.`),
      labels: draw.pick([
        [" yes", " no"],
        [" the", " and", " all"],
        [" is", " not"]
      ]),
      labelTokenIds: null,
      applySoftmax: draw.pick([true, false]),
      itemFirst: draw.pick([true, false]),
      oneByOne: true,
      mask: null
    }))
  }
}

/** Everything that one side says: the answers, and some of them asked again in other ways. */
export const answer = async (label: string, spec: string, { prompts, scores }: Questions): Promise<ArmRecords> => {
  const subject = await openSubject(spec)
  const generated: RunRecord[] = []
  for (const [index, generate] of prompts.entries())
    generated.push(await ask(subject, `${label}-generate-${index}`, { generate }))
  const scored: RunRecord[] = []
  for (const [index, score] of scores.entries()) scored.push(await ask(subject, `${label}-score-${index}`, { score }))
  const companions = prompts.slice(-3).flatMap(({ prompt }) => prompt ?? [])
  const probes: SelfProbe[] = []
  for (const record of generated.slice(0, 2))
    for (const kind of ["repeat", "flushed", "batched"] as const)
      probes.push(await again(subject, record, kind, companions))
  for (const record of scored)
    for (const kind of ["repeat", "flushed", "batch-of-1"] as const) probes.push(await again(subject, record, kind, []))
  return { label, records: [...generated, ...scored], probes }
}

const again = async (
  subject: Subject,
  { run }: RunRecord,
  kind: SelfProbe["kind"],
  companions: readonly string[]
): Promise<SelfProbe> => {
  if ("benchmark" in run.request) throw new Error("A benchmark is not sent again.")
  const send = { kind, companions: kind === "batched" ? companions : [] }
  return { kind, of: run.id, record: await ask(subject, `${run.id}-${kind}`, run.request, send) }
}

/** What was said of one row's candidate in one trial. */
export interface Finding {
  readonly row: string
  readonly trial: number
  /** The mock that shows it again. */
  readonly spec: string
  /** The first cause that is named; `-` for none. */
  readonly cause: string
  readonly outcome: Outcome
}

/** Asks one sound baseline and the candidate of each row the same questions, all drawn from seed and trial. */
export const runTrial = async (seed: number, trial: number, asked: readonly Row[]): Promise<readonly Finding[]> => {
  const questions = drawQuestions(makeDraw(seed * 100_000 + trial))
  const baseline = await answer("a", `clean,noise=fp32,seed=${2 * trial}`, questions)
  const findings: Finding[] = []
  for (const row of asked) {
    const draw = makeDraw(hashText(`${seed} ${trial} ${row.name}`))
    const spec = `${row.spec(draw)},noise=fp32,seed=${2 * draw.whole(0, 1e6) + 1}`
    const { divergences, verdict } = compareArms([baseline, await answer("b", spec, questions)])
    findings.push({ row: row.name, trial, spec, cause: divergences[0]?.cause ?? "-", outcome: verdict.outcome })
  }
  return findings
}
