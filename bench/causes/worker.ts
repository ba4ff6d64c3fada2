import { parentPort, workerData } from "node:worker_threads"
import { rowsOf, type Share } from "./runTrials.ts"
import { type Finding, runTrial } from "./trial.ts"

const share = workerData as Share
const findings: Finding[] = []
for (let trial = share.first; trial < Math.max(share.trials, share.cleanTrials); trial += share.step)
  findings.push(...(await runTrial(share.seed, trial, rowsOf(trial, share))))
parentPort?.postMessage(findings)
