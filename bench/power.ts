// How often a matrix and a gate find what was planted, at 1 % spread from run to run.
//   npm run -s bench:power -- [--campaigns 400] [--seed 1] [--json]
// 100 cells: 5 % in one of them with 6 runs a side, then 5 % in every one with 5 runs a side: the lower share of planted
// cells that are confirmed counts. A gate with a margin of 5 % on 5 runs a side that are 10 % slower. The runs come from
// the mock's benchmark; each comparison draws its own from 2,000 of either side. Exit 1 where a share is below 95 %.
import { parseArgs } from "node:util"
import { makeXoshiro } from "../packages/core/src/math/Xoshiro.ts"
import { gateFails, type Pools, tiersOfMatrix } from "./gates/Campaign.ts"
import { mockRuns } from "./gates/mockRuns.ts"

const { values } = parseArgs({
  options: {
    campaigns: { type: "string", default: "400" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false }
  }
})
const campaigns = Number(values.campaigns)
const [cells, poolSize, margin, leastShare] = [100, 2000, 0.05, 0.95]

const baseline = await mockRuns("clean,seed=1", poolSize)
const candidateAt = async (slowdown: number): Promise<Pools> => ({
  baseline,
  candidate: await mockRuns(`clean,seed=2,slowdown=${slowdown}`, poolSize)
})
const [unchanged, planted, beyond] = [
  await candidateAt(1),
  await candidateAt(1.05),
  await candidateAt(1 + margin + 0.05)
]
const random = makeXoshiro(Number(values.seed))
const times = <T>(count: number, what: () => T): readonly T[] => Array.from({ length: count }, what)
const share = (hits: readonly boolean[]): number => hits.filter(Boolean).length / hits.length

const oneCell = share(
  times(campaigns, () => {
    const matrix = [planted, ...times(cells - 1, () => unchanged)]
    return tiersOfMatrix(matrix, 6, random)[0] === "confirmed"
  })
)
const everyCell = share(
  times(campaigns / 4, () =>
    tiersOfMatrix(
      times(cells, () => planted),
      5,
      random
    ).map((tier) => tier === "confirmed")
  ).flat()
)
const gate = share(times(campaigns * 5, () => gateFails(beyond, 5, margin, random)))

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`
console.log(
  values.json
    ? JSON.stringify({ confirmed_share: Math.min(oneCell, everyCell), gate_fail_share: gate })
    : [
        `5 % slower in 1 of ${cells} cells, 6 runs a side: confirmed in ${percent(oneCell)}`,
        `5 % slower in all ${cells} cells, 5 runs a side: ${percent(everyCell)} confirmed`,
        `10 % slower at a margin of 5 %, 5 runs a side: the gate fails in ${percent(gate)}`
      ].join("\n")
)
if (Math.min(oneCell, everyCell, gate) < leastShare) process.exitCode = 1
