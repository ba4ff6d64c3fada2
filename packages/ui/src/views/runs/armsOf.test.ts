import { expect, test } from "vitest"
import { armsOf } from "./armsOf.ts"

test("runs of two backends are two arms, the first marked is the baseline", () => {
  const arms = armsOf([
    { id: "r1", backend: "jax" },
    { id: "r2", backend: "pt" },
    { id: "r3", backend: "jax" }
  ])
  expect(arms).toEqual([
    { label: "jax", runIds: ["r1", "r3"] },
    { label: "pt", runIds: ["r2"] }
  ])
})

test("runs of one backend are told apart by their ids", () => {
  expect(
    armsOf([
      { id: "aaa111111", backend: "jax" },
      { id: "bbb222222", backend: "jax" }
    ]).map((arm) => arm.label)
  ).toEqual(["jax-aaa111", "jax-bbb222"])
})
