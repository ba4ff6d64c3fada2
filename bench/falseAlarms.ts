// How often a matrix calls a cell slower when nothing has changed.
//   npm run -s bench:false-alarms -- [--campaigns 1000] [--seed 1] [--json]
// Every campaign compares two mocks of the same speed in 100 cells, 5 runs a side. The runs come from the mock's
// benchmark; each cell draws its own from 2,000 of either side. Exit 1 where too many cells may be confirmed.
import { parseArgs } from "node:util"
import { clopperPearson } from "../packages/core/src/math/binomial.ts"
import { makeXoshiro } from "../packages/core/src/math/Xoshiro.ts"
import { type Pools, tiersOfMatrix } from "./gates/Campaign.ts"
import { mockRuns } from "./gates/mockRuns.ts"

const { values } = parseArgs({
  options: {
    campaigns: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false }
  }
})
const campaigns = Number(values.campaigns)
const [cellsEach, runs, poolSize, mostShare] = [100, 5, 2000, 0.01]

const unchanged: Pools = {
  baseline: await mockRuns("clean,seed=1", poolSize),
  candidate: await mockRuns("clean,seed=2", poolSize)
}
const matrix = Array.from({ length: cellsEach }, () => unchanged)
const random = makeXoshiro(Number(values.seed))
let [alarms, alarmed] = [0, 0]
for (let campaign = 0; campaign < campaigns; campaign++) {
  const found = tiersOfMatrix(matrix, runs, random).filter((tier) => tier === "confirmed").length
  alarms += found
  if (found > 0) alarmed++
}
const cells = campaigns * cellsEach
// One-sided.
const upper95 = clopperPearson(alarms, cells, 0.9)![1]

console.log(
  values.json
    ? JSON.stringify({ cells, false_alarms: alarms, upper95 })
    : `${alarms} of ${cells} cells confirmed without a change (at most ${(100 * upper95).toFixed(3)} %, 95 % sure), in ${alarmed} of ${campaigns} campaigns`
)
if (upper95 > mostShare) process.exitCode = 1
