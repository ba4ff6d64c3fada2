import { isAdapterError, type Context } from "@sglang-studio/core/adapter"
import type { Operation, Probe, ProbedCapability } from "@sglang-studio/core/domain"
import { access } from "node:fs/promises"
import { oldestName } from "./bench/Programs.ts"
import type { SglangConfig } from "./config.ts"
import type { Dialect } from "./dialect.ts"
import { gatherEvidence, type Evidence } from "./evidence.ts"
import { fingerprintOf } from "./fingerprint.ts"
import { identify, nameOf, type Identity } from "./identity.ts"
import { readLocalModel } from "./localModel.ts"
import type { Wire } from "./wire.ts"

/** Whether an operation works on a server of this engine, and the answer that says so. */
export interface Judgement {
  readonly available: boolean
  readonly evidence: string
}

export interface ProbeDialect extends Pick<Dialect, "engine" | "programs"> {
  /** What this engine can do over HTTP, judged by what the server said of itself. */
  judge(operation: "tokenize" | "score" | "generate", evidence: Evidence): Judgement
}

/** Asks a server what it is and what works; an answer whatever is found, the same as long as nothing changes. */
export const probeWith = async (dialect: ProbeDialect, wire: Wire, context: Context): Promise<Probe> => {
  const evidence = await gatherEvidence(wire, context, "capabilities")
  const identity = identify(evidence)
  if (isAdapterError(evidence) || identity.kind !== "engine" || identity.engine !== dialect.engine) {
    return foreign(dialect, identity, wire.config)
  }
  const serverInfo = evidence.serverInfo?.body ?? {}
  const local = await readLocalModel(wire.config)
  const { fingerprint, redactedNames } = fingerprintOf({
    engine: dialect.engine,
    serverInfo,
    modelInfo: evidence.modelInfo?.body ?? null,
    tokenizerHash: local.tokenizerHash
  })
  return {
    reachable: true,
    server: nameOf(identity),
    decidedBy: identity.because,
    fingerprint,
    capabilities: [
      { operation: "tokenize", ...dialect.judge("tokenize", evidence) },
      { operation: "score", ...dialect.judge("score", evidence) },
      { operation: "generate", ...dialect.judge("generate", evidence) },
      { operation: "benchmark", ...(await judgeBenchmark(dialect, wire.config)) },
      { operation: "launch", ...(await judgeLaunch(dialect, wire.config)) }
    ],
    notes: [
      ...(redactedNames.length === 0 ? [] : [`The server answers with secrets in clear: ${redactedNames.join(", ")}.`]),
      ...(fingerprint.dtype === "auto"
        ? ["The server chose its dtype by itself (`--dtype auto`) and does not say which."]
        : [])
    ]
  }
}

const foreign = async (dialect: ProbeDialect, identity: Identity, config: SglangConfig): Promise<Probe> => {
  const { engine } = dialect
  const reachable = identity.kind !== "silent" || identity.error.reason !== "unreachable"
  const server = identity.kind === "silent" ? identity.because : `not ${engine} because it is ${nameOf(identity)}`
  const none = (operation: Operation): ProbedCapability => ({
    operation,
    available: false,
    evidence: reachable ? `needs ${engine}: ${identity.because}` : identity.because
  })
  return {
    reachable,
    server,
    decidedBy: identity.because,
    fingerprint: null,
    capabilities: [
      ...(["tokenize", "score", "generate", "benchmark"] as const).map(none),
      { operation: "launch", ...(await judgeLaunch(dialect, config)) }
    ],
    notes: stillWorks(identity)
  }
}

/** What can be done with a server that is not this engine. */
const stillWorks = (identity: Identity): readonly string[] => {
  switch (identity.kind) {
    case "engine":
      return [`The adapter for ${identity.engine} works with this address.`]
    case "openai-compatible":
      return [
        "`bench serving` still works with `--set backend=sglang-oai` or `--set backend=vllm`; scores and traces do not."
      ]
    case "locked":
      return ["Everything may work once `api_key` of this backend is set."]
    case "other":
    case "silent":
      return []
  }
}

const judgeBenchmark = async ({ programs }: ProbeDialect, { python }: SglangConfig): Promise<Judgement> =>
  python === undefined
    ? { available: false, evidence: "no `python` is set, so bench_serving cannot be run; `load` can" }
    : judgePython(python, oldestName(programs.modules.serving))

const judgeLaunch = async (
  { programs }: ProbeDialect,
  { python = "python3", launch }: SglangConfig
): Promise<Judgement> =>
  launch === undefined
    ? { available: false, evidence: "no `launch` is set: the studio leaves this server alone" }
    : judgePython(python, programs.server)

const judgePython = async (python: string, module: string): Promise<Judgement> => {
  if (!python.includes("/")) return { available: true, evidence: `${python} runs ${module}, if it is on the PATH` }
  return access(python).then(
    () => ({ available: true, evidence: `${python} exists; it runs ${module}` }),
    () => ({ available: false, evidence: `${python} does not exist` })
  )
}
