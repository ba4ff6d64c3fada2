import mock from "@sglang-studio/adapter-mock"
import { openStudio } from "@sglang-studio/core"

const backends = { sound: { adapter: "mock" }, faulty: { adapter: "mock", scenario: "perturbed", value: 1.5 } }
const studio = await openStudio({ data: ":memory:", adapters: [mock], backends })
const items = [" The money comes back within a week.", " Our shop opens at nine."]
const question = { query: "Is this about a refund?", items, labels: [" yes", " no"], applySoftmax: true }
const runs = await studio.score({ backends: ["sound", "faulty"], ...question })
const comparison = await studio.compare({ arms: runs.map((run) => ({ label: run.backend, runIds: [run.id] })) })
for (const run of runs) console.log(run.backend, run.score.scores)
console.log(comparison.verdict.sentence)
await studio.close()
