// Does the decider find out what was planted, from answers, probes and declared number formats alone?
//   npm run -s bench:causes -- [--trials 200] [--seed 1] [--clean-trials N] [--json]
// Every trial draws prompts, fault sizes and seeds anew. Exit 1 where a row of the table does not hold.
import { parseArgs } from "node:util"
import { runTrials } from "./causes/runTrials.ts"
import { complaints, printTable, tally } from "./causes/table.ts"

const { values } = parseArgs({
  options: {
    trials: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    "clean-trials": { type: "string" },
    json: { type: "boolean", default: false }
  }
})
const trials = Number(values.trials)
const cleanTrials = Number(values["clean-trials"] ?? trials)
const started = performance.now()
const seed = Number(values.seed)
const tallies = tally(await runTrials({ seed, trials, cleanTrials }))
const seconds = Math.round((performance.now() - started) / 1000)

if (values.json) {
  const [matrix, aside] = [false, true].map((isAside) =>
    Object.fromEntries(
      tallies.filter(({ row }) => (row.aside ?? false) === isAside).map(({ row, causes }) => [row.name, causes])
    )
  )
  const verdicts = Object.fromEntries(tallies.map(({ row, outcomes }) => [row.name, outcomes]))
  console.log(JSON.stringify({ bench: "causes", seed, trials, seconds, matrix, aside, verdicts }))
} else console.log(`${printTable(tallies)}\n${seconds} s`)

const lines = tallies.flatMap(complaints)
for (const line of lines) console.error(line)
if (lines.length > 0) process.exitCode = 1
