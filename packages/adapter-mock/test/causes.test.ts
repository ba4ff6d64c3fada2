import { describe, expect, test } from "vitest"
import { rows } from "../../../bench/causes/rows.ts"
import { tally } from "../../../bench/causes/table.ts"
import { runTrial } from "../../../bench/causes/trial.ts"

/** `npm run bench:causes` does the same with hundreds of trials. */
const trials = [0, 1, 2]

describe.each(rows)("$name", (row) => {
  test(`is called ${row.causes.join(" or ")} and judged rightly`, async () => {
    const findings = await Promise.all(trials.map((trial) => runTrial(11, trial, [row])))
    const [found] = tally(findings.flat())
    expect(found?.misses).toEqual([])
    expect(Object.values(found?.causes ?? {})).toEqual([trials.length])
  })
})
