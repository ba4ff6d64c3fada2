import { expect, test } from "vitest"
import { prose } from "./prose.ts"

test.each([
  [
    "output_throughput of cand moved by -4.1 % (-6 % to -2.2 %)",
    "Throughput of cand moved by −4.1\u202f% (−6\u202f% to −2.2\u202f%)"
  ],
  ["e2e_latency_ms.p95 needs 200 values per run", "E2E P95 needs 200 values per run"],
  ["2295 tokens in 57 prompts agree to 2.3e-4", "2,295 tokens in 57 prompts agree to 2.3e-4"],
  ['a has "x" (12345), b nothing', 'a has "x" (12345), b nothing'],
  [
    "jax-v6e at http://127.0.0.1:30000 on 2026-11-24 ran 0.5.15-rc1",
    "jax-v6e at http://127.0.0.1:30000 on 2026-11-24 ran 0.5.15-rc1"
  ],
  ["c4808 and #4808 stay, 4808.", "c4808 and #4808 stay, 4,808."],
  ["a my_own_thing stays", "a my_own_thing stays"]
])("%s", (given, written) => {
  expect(prose(given)).toBe(written)
  expect(prose(written)).toBe(written)
})
