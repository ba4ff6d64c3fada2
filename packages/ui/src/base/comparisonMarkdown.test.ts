import { expect, test } from "vitest"
import { comparisonMarkdown } from "./comparisonMarkdown.ts"

test("a verdict reads as Markdown with its gates and its address", () => {
  const text = comparisonMarkdown(
    {
      id: "c1",
      createdAt: "2026-01-01T00:00:00Z",
      arms: [
        { label: "pt", runIds: ["a"] },
        { label: "jax", runIds: ["b", "c"] }
      ],
      provenances: ["real"],
      comparability: { outcome: "comparable", differences: [] },
      verdict: { outcome: "fail", sentence: "jax changes 1 of 2 rankings.", reasons: [], wouldDecide: "2 more runs" },
      gates: [
        {
          name: "score-parity",
          outcome: "fail",
          reason: "a|b",
          value: 1,
          margin: 0,
          interval: null,
          message: "",
          moreRunsNeeded: null
        }
      ],
      metrics: [],
      parity: null,
      divergences: [],
      scores: null,
      pairs: [],
      levels: []
    },
    "http://127.0.0.1:5173/compare/c1"
  )
  expect(text).toMatchInlineSnapshot(`
    "**✕ FAIL** jax changes 1 of 2 rankings.

    pt (baseline): 1 run, jax: 2 runs

    | gate | outcome | reason |
    |---|---|---|
    | score-parity | ✕ fail | a\\|b |

    Comparison \`c1\`: http://127.0.0.1:5173/compare/c1"
  `)
})
