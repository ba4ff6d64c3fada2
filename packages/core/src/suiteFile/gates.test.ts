import { expect, test } from "vitest"
import { checkGates } from "./gates.ts"
import type { GateFile } from "./SuiteFile.ts"

const mistakes = (...gates: readonly Omit<GateFile, "name">[]) =>
  checkGates({
    suite: "s",
    version: 1,
    cases: [{ name: "r", benchmark: "serving" }],
    gates: gates.map((gate, index) => ({ name: `g${index}`, ...gate }))
  }).map(({ at, message }) => `${at.join(".")}: ${message}`)

test("a gate that could never be judged, or never as it is meant, is a mistake", () => {
  expect(
    mistakes(
      { metric: "duration_s", max_regression: "5%" },
      { metric: "e2e_latency_ms.p95", max: "5%" },
      { metric: "output_throughput", max: 100 },
      { metric: "ttft_ms.avg", max: 100 }
    )
  ).toMatchInlineSnapshot(`
    [
      "gates.0.metric: of duration_s neither more nor less is worse; give a limit with \`max\`, or leave the gate out",
      "gates.1.max: 5% is a share, and e2e_latency_ms.p95 is in ms; write a number of ms",
      "gates.2.max: of output_throughput more is better, and \`max\` would refuse it; use max_regression",
      "gates.3.metric: "avg" is no statistic of ttft_ms; write ttft_ms.mean, or a percentile such as ttft_ms.p95",
    ]
  `)
})

test("limits of one's own, shares of shares and any percentile are none", () => {
  expect(
    mistakes(
      { metric: "duration_s", max: 60 },
      { metric: "failure_rate", max: "1%" },
      { metric: "accept_length", max_regression: "5%" },
      { metric: "ttft_ms.p75", max: 100 },
      { metric: "itl_ms.mean", max_regression: 0.05 },
      { metric: "acme_watts", max: 300 }
    )
  ).toEqual([])
})
