import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { oldestNode, oldNode } from "./oldNode.ts"

test.each(["20.20.2", "22.0.0", "22.17.1"])("Node %s is told what is needed", (version) => {
  expect(oldNode(version)).toBe(`The studio needs Node >= 22.18; this is ${version}.`)
})

test.each(["22.18.0", "22.23.3", "24.0.0", "26.10.0"])("Node %s will do", (version) => {
  expect(oldNode(version)).toBeNull()
})

test.each(["core", "cli", "adapter-jax", "adapter-pytorch", "adapter-mock"])("%s declares the same", (name) => {
  const manifest = readFileSync(join(import.meta.dirname, "../../..", name, "package.json"), "utf8")
  expect(JSON.parse(manifest).engines.node).toBe(`>=${oldestNode}`)
})
