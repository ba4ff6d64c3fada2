import { defineSuite } from "@sglang-studio/core"

const lengths = [64, 256, 1024]

/** A suite that is computed: every length with an output of a quarter of it. */
export default defineSuite({
  suite: "typed",
  version: 1,
  backends: ["base=mock:clean,seed=1", "candidate=mock:clean,seed=2,slowdown=1.02"],
  cases: [
    {
      name: "random",
      benchmark: "serving",
      set: {
        "dataset-name": "random-ids",
        "num-prompts": 256,
        "random-input-len": "${input_len}",
        "random-output-len": "${output_len}",
        "max-concurrency": 4
      },
      timeout: "2m"
    }
  ],
  matrix: { linked: [{ input_len: lengths, output_len: lengths.map((length) => length / 4) }] },
  repeats: 5,
  gates: [{ name: "p50", metric: "e2e_latency_ms.p50", max_regression: "5%" }]
})
