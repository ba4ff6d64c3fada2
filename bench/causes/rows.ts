import type { Outcome } from "../../packages/core/src/domain/verdict.ts"
import type { Draw } from "./Draw.ts"

/** A scenario as the trials plant it, with what the decider should say of it. */
export interface Row {
  /** Its name in the table. */
  readonly name: string
  /** The spec of one trial's candidate, without seed and noise: faults of many sizes. */
  readonly spec: (draw: Draw) => string
  /** Codes that are right; `-` for none. */
  readonly causes: readonly string[]
  /** The verdict that is right of a spec. */
  readonly judged: (spec: string) => Outcome
  /** Told apart from the table. */
  readonly aside?: true
}

const row = (name: string, cause: string, outcome: Outcome, spec: Row["spec"] = () => name): Row => ({
  name,
  spec,
  causes: [cause],
  judged: () => outcome
})

/** Sizes as seen on real engines: bfloat16 moves logprobs by 0.01 to 0.1, wrong weights as much, a wrong batch by 10. */
const bf16Size = (draw: Draw): string => `value=${draw.size(0.009, 0.018)}`

export const rows: readonly Row[] = [
  row("clean", "-", "pass"),
  row("near-tie", "near-tie", "pass", (draw) => `near-tie,value=${draw.size(0.002, 0.009)}`),
  {
    name: "bf16",
    spec: (draw) => `bf16,${bf16Size(draw)},dtype=${draw.pick(["float32", "bfloat16"])}`,
    causes: ["precision-grid"],
    judged: (spec) => (spec.includes("dtype=bfloat16") ? "pass" : "fail")
  },
  row("bf16,grid=false", "precision", "pass", (draw) => `bf16,grid=false,dtype=bfloat16,${bf16Size(draw)}`),
  row("temperature", "raw-vs-temperature", "fail", (draw) => {
    const value = draw.pick([draw.size(0.3, 0.95), draw.size(1.05, 2)])
    return `temperature,value=${value}`
  }),
  row("bos-missing", "template-mismatch", "fail"),
  row("tokenizer", "tokenizer-mismatch", "fail", (draw) => `tokenizer,value=${draw.whole(4, 7)}`),
  row("truncated", "input-truncated", "fail", (draw) => `truncated,value=${draw.whole(4, 48)}`),
  row(
    "position-locked",
    "position-locked",
    "fail",
    (draw) => `position-locked,at=${draw.whole(16, 80)},value=${draw.size(0.05, 3)}`
  ),
  row("batch-dependent", "batch-dependent", "fail", (draw) => `batch-dependent,value=${draw.size(0.5, 10)}`),
  row(
    "cache-dependent",
    "cache-dependent",
    "fail",
    (draw) => `cache-dependent,at=${draw.whole(1, 16)},value=${draw.size(0.1, 6)}`
  ),
  row("perturbed", "genuine", "fail", (draw) => `perturbed,value=${draw.size(1.01, 1.06)}`),
  {
    // Errors of bfloat16's size behind two declared float32 cannot be told from other weights.
    name: "bf16,grid=false,dtype=float32",
    spec: (draw) => `bf16,grid=false,${bf16Size(draw)}`,
    causes: ["genuine", "precision"],
    judged: () => "fail",
    aside: true
  }
]
