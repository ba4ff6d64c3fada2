import { expect, test } from "vitest"
import type { CampaignCell } from "../domain/campaign.ts"
import { campaignVerdict } from "./campaignVerdict.ts"
import { emptyCell } from "./judgeCell.ts"

type Gate = CampaignCell["gates"][number]

const failing = (name: string, gate: Pick<Gate, "value" | "margin" | "scale">): CampaignCell => ({
  ...emptyCell({ case: name, point: {}, baseline: "a", candidate: "b" }),
  outcome: "fail",
  sentence: `Worse than allowed: ${name}.`,
  gates: [
    {
      name: "gate",
      metric: null,
      outcome: "fail",
      reason: "beyond",
      message: "it is beyond",
      interval: null,
      moreRunsNeeded: null,
      waiver: null,
      tier: null,
      ...gate
    }
  ]
})

const worstOf = (...cells: readonly CampaignCell[]) =>
  /worst: (\w+)/u.exec(
    campaignVerdict({ cells, runs: { planned: 1, done: 1, failed: 0 }, stopped: null }).sentence
  )?.[1]

test("the worst cell is the one that is furthest beyond what its gate allows, on the gate's own scale", () => {
  const value = (name: string, at: number, margin: number) => failing(name, { value: at, margin, scale: "value" })
  expect(worstOf(value("small", 0.2, 0.15), value("large", 1, 0.15))).toBe("large")
  expect(worstOf(value("few", 0.05, 0.01), value("many", 0.9, 0.01))).toBe("many")
  const ratio = (name: string, at: number) => failing(name, { value: at, margin: 0.05, scale: "ratio" })
  expect(worstOf(ratio("slower", 1.2), ratio("halved", 0.5))).toBe("halved")
})
