import type { Probe } from "@sglang-studio/core/adapter"
import { tokenizerHash } from "./model/vocabulary.ts"
import type { Behaviour } from "./scenarios/Scenario.ts"
import type { Settings } from "./Settings.ts"
import { version } from "./version.ts"

const operations = ["tokenize", "score", "generate", "benchmark"] as const

/** A mock is always there; it tells the format it declares and the settings that it was opened with. */
export const probe = ({ dtype, runNoise, ...settings }: Settings, behaviour: Behaviour): Probe => ({
  reachable: true,
  server: `Mock ${version}`,
  decidedBy: "it runs inside the studio",
  fingerprint: {
    engine: "mock",
    engineVersion: version,
    commit: null,
    model: "mock-lm",
    modelRevision: null,
    tokenizerHash: tokenizerHash(behaviour.tokenize),
    device: "simulated",
    dtype,
    flags: { ...settings, run_noise: runNoise }
  },
  capabilities: operations.map((operation) => ({ operation, available: true, evidence: "built in" })),
  notes: ["Everything it returns is synthetic."]
})
