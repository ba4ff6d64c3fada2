import * as Effect from "effect/Effect"
import type { Adapter } from "../adapter/Adapter.ts"
import { makeRedactor } from "../adapter/redact.ts"
import type { JsonObject } from "../domain/json.ts"
import type { Probe } from "../domain/probe.ts"
import type { RunStore } from "../store/RunStore.ts"
import { askBackend } from "./askBackend.ts"
import { askProbe } from "./askProbe.ts"
import { readRest } from "./readRest.ts"
import { isStudioError, StudioError } from "./StudioError.ts"
import { validateConfig } from "./validateConfig.ts"

interface Question {
  readonly name: string
  readonly url: string
  readonly adapters: readonly Adapter[]
  readonly env: { readonly [name: string]: string | undefined }
  readonly store: RunStore["Service"]
}

interface FoundEngine {
  readonly adapter: Adapter
  readonly settings: JsonObject
}

/**
 * Asks every real adapter what answers at a URL, and takes the one whose engine it is. Fails with `StudioError`
 * `unreachable` when nothing answers, `not-this-engine` when no adapter knows what does, `invalid-backend` when every
 * adapter refuses the address itself.
 */
export const findEngine = Effect.fnUntraced(function* ({ name, url, adapters, env, store }: Question) {
  const spec = `${name}=${url}`
  const candidates = adapters.filter((adapter) => adapter.mock !== true)
  const answers = yield* Effect.forEach(
    candidates,
    Effect.fnUntraced(
      function* (adapter) {
        const settings = yield* readRest(adapter, url, spec)
        const config = yield* validateConfig(adapter, settings, name)
        const probe = yield* askBackend({ adapter, config }, { store, env }, (backend, operation) =>
          askProbe(adapter, backend, operation)
        )
        return { adapter, settings, probe }
      },
      Effect.match({ onFailure: (error) => error, onSuccess: (answer) => answer })
    ),
    { concurrency: "unbounded" }
  )
  const [first] = answers
  // No adapter takes such an address, so nothing was asked.
  if (isStudioError(first) && answers.every((answer) => !("probe" in answer) && answer.code === first.code))
    return yield* Effect.fail(first)
  const answered = answers.filter((answer) => "probe" in answer)
  const mine = answered.filter(({ probe }) => probe.reachable && probe.fingerprint !== null)
  const found = mine.find(({ adapter, probe }) => slug(probe.fingerprint?.engine ?? "") === adapter.name) ?? mine[0]
  if (found !== undefined) return { adapter: found.adapter, settings: found.settings } satisfies FoundEngine

  const words = answers.map(
    (answer, index) => `${candidates[index]?.name}: ${"probe" in answer ? told(answer.probe) : answer.message}`
  )
  const { text: clean } = makeRedactor()
  const reachable = answered.some(({ probe }) => probe.reachable)
  return yield* Effect.fail(
    new StudioError({
      code: reachable ? "not-this-engine" : "unreachable",
      message: clean(
        reachable
          ? `What answers at ${url} is no engine that a loaded adapter knows (${words.join("; ")}).`
          : `Nothing usable answers at ${url} (${words.join("; ")}).`
      ),
      hint: clean(`Check the URL, or name the adapter: ${name}=${candidates[0]?.name ?? "ADAPTER"}:${url}.`),
      path: "backend"
    })
  )
})

const told = ({ server, decidedBy }: Probe): string => `${server} (${decidedBy})`

/** "SGLang-JAX" and "SGLang JAX" are the engine of the adapter `sglang-jax`. */
const slug = (engine: string): string => engine.toLowerCase().replace(/[^a-z0-9]+/gu, "-")
