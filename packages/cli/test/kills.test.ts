import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { expect, test } from "vitest"

const root = join(import.meta.dirname, "../../..")

test("campaigns that are killed at random and gone on with lose nothing, double nothing and leave no process", () => {
  const program = join(root, "bench/campaignKills.ts")
  const flags = ["--conditions=@sglang-studio/source", program, "--trials", "5", "--seed", "7", "--json"]
  const told = JSON.parse(execFileSync(process.execPath, flags, { encoding: "utf8" }))
  expect(told).toMatchObject({ trials: 5, lost: 0, doubled: 0, orphans: 0, unfinished: 0 })
  expect(told.while_it_ran).toBeGreaterThan(2)
  expect(told.planned).toBe(5 * 12)
}, 300_000)
