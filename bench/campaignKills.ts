// Campaigns that are killed at a random moment and gone on with:
//   npm run -s bench:kills -- [--trials 200] [--seed 1] [--json]
// Each trial starts a campaign in a process of its own and kills that process with SIGKILL: one in five while it starts,
// mostly before the campaign is in the store, the others from then on; some a second time while they go on. Then it is
// gone on with to its end. One of the two backends works in a child process.
// Exit 1 unless every campaign has exactly its planned runs, each finished once, and no process is left.
import { parseArgs } from "node:util"
import { makeXoshiro } from "../packages/core/src/math/Xoshiro.ts"
import { runTrial, type TrialResult } from "./kills/runTrial.ts"

const { values } = parseArgs({
  options: {
    trials: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false }
  }
})
const random = makeXoshiro(Number(values.seed))
const results: TrialResult[] = []
for (let trial = 0; trial < Number(values.trials); trial++) {
  results.push(await runTrial(random))
  if (process.stderr.isTTY) process.stderr.write(`\r${trial + 1} of ${values.trials}`)
}
const sum = (pick: (result: TrialResult) => number): number =>
  results.reduce((total, result) => total + pick(result), 0)
const told = {
  trials: results.length,
  kills: sum(({ kills }) => kills),
  before_it_was_stored: results.filter(({ moment }) => moment === "before").length,
  while_it_ran: results.filter(({ moment }) => moment === "during").length,
  after_its_end: results.filter(({ moment }) => moment === "after").length,
  planned: sum(({ planned }) => planned),
  begun_anew: sum(({ begunAnew }) => begunAnew),
  lost: sum(({ lost }) => lost),
  doubled: sum(({ doubled }) => doubled),
  orphans: sum(({ orphans }) => orphans),
  unfinished: results.filter(({ status }) => status !== "succeeded").length
}
console.log(
  values.json
    ? JSON.stringify(told)
    : [
        `${told.trials} campaigns, ${told.kills} kills: ${told.before_it_was_stored} before the campaign was stored, ${told.while_it_ran} while it ran, ${told.after_its_end} after its end`,
        `${told.planned} planned runs: ${told.lost} lost, ${told.doubled} doubled; ${told.begun_anew} were cut off and made again`,
        `${told.orphans} processes left, ${told.unfinished} campaigns that did not come to their end`
      ].join("\n")
)
if (told.lost + told.doubled + told.orphans + told.unfinished > 0) process.exitCode = 1
