import { fileURLToPath } from "node:url"
import type { Studio } from "@sglang-studio/core"
import type { Run } from "@sglang-studio/core/domain"

const bundle = fileURLToPath(new URL("./demo/demo.json.gz", import.meta.url))

/** The pairs that the worked example shows, candidate last. */
const pairs = [
  ["pytorch-float32", "jax-float32"],
  ["pytorch-float32", "jax-overlap"]
] as const

/**
 * Puts the worked example in, once: output recorded on real engines, two comparisons of it, and one mock benchmark.
 * What is already there stays as it is.
 */
export async function seedDemo(studio: Studio, quiet: boolean): Promise<void> {
  const { runs } = await studio.import([bundle])
  if (runs.length === 0) return
  if (!quiet) process.stderr.write(`Worked example: ${runs.length} recorded runs\n`)
  await studio.benchmark({
    backends: ["mock=mock:clean,seed=1"],
    entrypoint: "serving",
    set: { "num-prompts": 256, "random-input-len": 128, "random-output-len": 64, "max-concurrency": 8 },
    tags: ["demo"]
  })
  const byBackend = Map.groupBy(runs, (run) => run.backend)
  for (const labels of pairs)
    await studio.compare({ arms: labels.map((label) => ({ label, runIds: idsOf(byBackend.get(label)) })) })
}

const idsOf = (runs: readonly Run[] = []): readonly string[] => runs.map((run) => run.id)
