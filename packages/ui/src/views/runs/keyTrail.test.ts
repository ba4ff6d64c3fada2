import { expect, test } from "vitest"
import { keyTrails } from "./keyTrail.ts"

const run = (id: string, value: number | null, { backend = "a", workloadHash = "w" } = {}) => ({
  id,
  backend,
  workloadHash,
  keyMetric: value === null ? null : { name: "e2e_latency_ms.p50", value, unit: "ms" }
})

test("runs of one workload on one backend share a trail, oldest first; others stand alone", () => {
  const trails = keyTrails([
    run("3", 30),
    run("other", 5, { workloadHash: "v" }),
    run("far", 7, { backend: "b" }),
    run("2", null),
    run("1", 10)
  ])
  expect([...trails.keys()].toSorted()).toEqual(["1", "3"])
  expect(trails.get("3")).toEqual({ ids: ["1", "3"], values: [10, 30] })
})
