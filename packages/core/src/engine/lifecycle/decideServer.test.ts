import { expect, test } from "vitest"
import { decideServer, type Slot } from "./decideServer.ts"

const up = (
  changes: { users?: number; alive?: boolean; key?: string; outdated?: boolean } = {}
): Slot<{ alive: boolean }> => ({
  _tag: "up",
  key: changes.key ?? "jax f32",
  backend: "jax",
  server: { alive: changes.alive ?? true },
  users: changes.users ?? 0,
  served: true,
  outdated: changes.outdated ?? false
})
const jax = { backend: "jax", key: "jax f32" }
const other = { backend: "pt", key: "pt f32" }

test.each([
  ["an empty place", { _tag: "empty" } as const, jax, 0, "start"],
  ["an empty place, wanted empty", { _tag: "empty" } as const, { backend: "jax", key: null }, 0, "go"],
  ["one that is starting or stopping", { _tag: "changing" } as const, jax, 0, "wait"],
  ["the same server", up(), jax, 1, "go"],
  ["the same server, in use", up({ users: 1 }), jax, 2, "go"],
  ["the same server, dead", up({ alive: false }), jax, 1, "replace"],
  ["the same server, dead and in use", up({ alive: false, users: 1 }), jax, 2, "wait"],
  ["the same server, outdated", up({ outdated: true }), jax, 1, "replace"],
  ["the same server, outdated and in use", up({ outdated: true, users: 1 }), jax, 2, "wait"],
  ["other values of the same backend", up({ key: "jax bf16" }), jax, 3, "replace"],
  ["other values of the same backend, in use", up({ key: "jax bf16", users: 1 }), jax, 3, "wait"],
  ["another backend's, with runs in line", up(), other, 1, "wait"],
  ["another backend's, held but with nothing in line", up(), other, 0, "replace"],
  ["the own backend's, where it must be gone", up(), { backend: "jax", key: null }, 2, "replace"],
  ["the own backend's in use, where it must be gone", up({ users: 1 }), { backend: "jax", key: null }, 2, "wait"]
])("%s", (_, slot, wanted, waiting, step) => {
  expect(decideServer(slot, wanted, () => waiting)).toBe(step)
})
