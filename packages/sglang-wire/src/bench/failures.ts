import { AdapterError, type ChildExit } from "@sglang-studio/core/adapter"
import { complaintOf } from "./complaint.ts"
import type { OwnEntrypoint } from "./Programs.ts"

/** A program that ended without a result. */
export interface Failure {
  readonly entrypoint: OwnEntrypoint
  readonly module: string
  readonly exit: ChildExit
  /** Whether it had begun to work. */
  readonly started: boolean
}

/** Says in words why a benchmark program left no result. */
export const explainFailure = (failure: Failure): AdapterError => {
  const { entrypoint, module, exit, started } = failure
  const said = complaintOf(exit.stdout, exit.stderr)
  const detail = exit.stderr.slice(-4000)
  // Only its last words count: engines warn of many a module that they do without.
  const missing = /No module named '?([\w.]+)/.exec(said)?.[1]
  if (!started && missing !== undefined) {
    return new AdapterError({
      reason: "not-installed",
      message: `This Python cannot run ${module}: no module named ${missing}.`,
      hint: "Set `python` to the interpreter that has the engine installed, or `source` to the folder of its package.",
      detail
    })
  }
  if (exit.code === 2) {
    return new AdapterError({
      reason: "invalid-request",
      message: `${module} refused its flags: ${said}`,
      hint: "Correct the flags that were given with `set`; the detail lists those that it knows.",
      detail
    })
  }
  const known = knownFailures.find(
    ({ entrypoints, pattern }) => entrypoints.includes(entrypoint) && pattern.test(exit.stderr)
  )
  if (known !== undefined) {
    const { reason, because, hint } = known
    return new AdapterError({ reason, message: `${module} ${because}: ${said}`, hint, detail })
  }
  const how = exit.code === null ? exit.signal : `exit code ${exit.code}`
  return new AdapterError({
    reason: "crashed",
    message: exit.code === 0 ? `${module} ended without a result: ${said}` : `${module} ended with ${how}: ${said}`,
    hint: "The artifacts stdout and stderr have all that it said.",
    detail
  })
}

interface KnownFailure {
  readonly entrypoints: readonly OwnEntrypoint[]
  readonly pattern: RegExp
  readonly reason: "unsupported" | "crashed" | "invalid-request"
  readonly because: string
  readonly hint: string
}

/** What these programs are known to fail at, each seen or read in the engines' sources. */
const knownFailures: readonly KnownFailure[] = [
  {
    entrypoints: ["one-batch"],
    pattern: /ValueError: coordinator_address should be defined/,
    reason: "unsupported",
    because: "cannot run on one machine in this version of SGLang-JAX, as it always looks for a cluster",
    hint: "Use `one-batch-server` or `offline-throughput` instead."
  },
  {
    entrypoints: ["one-batch"],
    pattern: /TypeError: ModelRunner\.__init__\(\) missing/,
    reason: "unsupported",
    because: "is broken in this version of SGLang-JAX, as it builds its model runner without a needed argument",
    hint: "Use `one-batch-server` or `offline-throughput` instead."
  },
  {
    entrypoints: ["one-batch"],
    pattern: /IndexError: index out of range in self/,
    reason: "unsupported",
    because: "draws token ids below 10000, and the vocabulary of this model is smaller",
    hint: "Use a model with a larger vocabulary, or `one-batch-server`."
  },
  {
    entrypoints: ["offline-throughput"],
    pattern: /The input \(\d+ tokens\) is longer than the model's context length/,
    reason: "invalid-request",
    because: "warms up with prompts of 256 tokens, which this context does not hold",
    hint: "Raise `context-length` above 272, with `set` or in `launch.args` of the backend."
  },
  {
    entrypoints: ["one-batch-server"],
    pattern: /CUDA_VISIBLE_DEVICES/,
    reason: "crashed",
    because: "cannot read an empty CUDA_VISIBLE_DEVICES",
    hint: "Unset CUDA_VISIBLE_DEVICES where the studio runs."
  },
  {
    entrypoints: ["one-batch-server", "offline-throughput", "serving"],
    pattern: /ShareGPT/,
    reason: "invalid-request",
    because: "needs prompts from the ShareGPT data set and cannot get it",
    hint: "Have it in the Hugging Face cache (HF_HOME) of this machine, or give `dataset-path` where the program has it."
  }
]
