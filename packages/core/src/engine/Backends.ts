import * as Effect from "effect/Effect"
import type { Adapter } from "../adapter/Adapter.ts"
import { makeRedactor } from "../adapter/redact.ts"
import type { BackendInfo } from "../domain/probe.ts"
import type { RunStore } from "../store/RunStore.ts"
import type { StoreError } from "../store/StoreError.ts"
import { invalidSpec, isBackendName, parseBackendSpec, type BackendSpec } from "./backendSpec.ts"
import { findEngine } from "./findEngine.ts"
import { readLaunch } from "./lifecycle/readLaunch.ts"
import type { Launch } from "./lifecycle/startServer.ts"
import type { Executor } from "./measure.ts"
import { readRest } from "./readRest.ts"
import type { BackendConfig } from "./StudioOptions.ts"
import { StudioError } from "./StudioError.ts"
import { validateConfig } from "./validateConfig.ts"
import { withoutSecrets } from "./withoutSecrets.ts"

/** A backend that can be opened. */
export interface ResolvedBackend extends Executor {
  readonly name: string
  /** How the studio starts it; null: whoever uses it does. */
  readonly launch: Launch | null
  readonly settings: BackendConfig
  readonly origin: BackendInfo["origin"]
  /** The text that means this backend on a command line; secrets are left out. */
  readonly spec: string
}

/** The backends of a studio: those of its config, and those added at run time, which the store keeps. */
export interface Backends {
  readonly list: Effect.Effect<readonly BackendInfo[], StoreError>
  readonly info: (backend: ResolvedBackend) => Effect.Effect<BackendInfo, StoreError>
  readonly add: (name: string, settings: BackendConfig) => Effect.Effect<ResolvedBackend, StudioError | StoreError>
  /** A name, or a spec, which is added under its name. */
  readonly resolve: (spec: string) => Effect.Effect<ResolvedBackend, StudioError | StoreError>
  /** The same, and adds nothing. */
  readonly look: (spec: string) => Effect.Effect<ResolvedBackend, StudioError | StoreError>
}

interface Parts {
  readonly store: RunStore["Service"]
  readonly adapters: readonly Adapter[]
  readonly configured: { readonly [name: string]: BackendConfig }
  readonly env: { readonly [name: string]: string | undefined }
}

export const makeBackends = ({ store, adapters, configured, env }: Parts): Backends => {
  /** With their secrets, which the store does not keep. */
  const added = new Map<string, BackendConfig>()
  /** Settings that were read and found good: every run asks for its backend again. */
  const accepted = new WeakMap<BackendConfig, Omit<ResolvedBackend, "origin" | "spec">>()

  const origin = (name: string) => (name in configured && !added.has(name) ? "config" : "added")
  /** What a name stands for; it costs no look into the store where this process knows it. */
  const settingsNamed = Effect.fnUntraced(function* (name: string) {
    const own = added.get(name) ?? (Object.hasOwn(configured, name) ? configured[name] : undefined)
    if (own !== undefined) return own
    const backends = yield* all
    const settings = Object.hasOwn(backends, name) ? backends[name] : undefined
    return settings ?? (yield* Effect.fail(unknownBackend(name, Object.keys(backends))))
  })
  const all = Effect.map(store.backends, (stored) => ({
    ...configured,
    ...Object.fromEntries(
      stored.filter(({ name }) => !(name in configured)).map(({ name, config }) => [name, config as BackendConfig])
    ),
    ...Object.fromEntries(added)
  }))
  const infoOf = (name: string, settings: BackendConfig): Effect.Effect<BackendInfo, StoreError> =>
    Effect.map(store.probe(name), (probe) => ({
      name,
      adapter: settings.adapter,
      url: urlOf(settings),
      adapterMode: settings.adapterMode ?? null,
      origin: origin(name),
      probe
    }))
  const accept = Effect.fnUntraced(function* (name: string, settings: BackendConfig) {
    const known = accepted.get(settings)
    if (known !== undefined && known.name === name) return known
    const adapter = yield* findAdapter(adapters, settings.adapter, name)
    const { adapter: _, adapterMode: __, ...own } = settings
    const config = yield* validateConfig(adapter, own, name)
    const launch = yield* readLaunch(name, { adapter, config }, settings)
    const backend = { name, adapter, config, launch, settings }
    accepted.set(settings, backend)
    return backend
  })
  const resolved = (name: string, settings: BackendConfig, spec: string) =>
    Effect.map(accept(name, settings), (backend): ResolvedBackend => ({ ...backend, origin: origin(name), spec }))
  const addAs = Effect.fnUntraced(function* (name: string, settings: BackendConfig, spec: string) {
    if (!isBackendName(name)) return yield* Effect.fail(invalidSpec(name, `"${name}" is no name for a backend`))
    yield* resolved(name, settings, spec)
    added.set(name, settings)
    if (!(name in configured)) yield* store.saveBackend(name, withoutSecrets(settings))
    return yield* resolved(name, settings, spec)
  })
  const settingsOf = Effect.fnUntraced(function* (spec: Exclude<BackendSpec, { _tag: "name" }>, text: string) {
    if (spec._tag === "adapter") {
      const adapter = yield* findAdapter(adapters, spec.adapter, text)
      return { ...(yield* readRest(adapter, spec.rest, text)), adapter: adapter.name } as BackendConfig
    }
    const known = (yield* all)[spec.name]
    if (known !== undefined && known.url === spec.url) return known
    const engine = yield* findEngine({ name: spec.name, url: spec.url, adapters, env, store })
    return { ...engine.settings, adapter: engine.adapter.name } as BackendConfig
  })
  /** `keep` says what becomes of one that a spec describes. */
  const understand = Effect.fnUntraced(function* (text: string, keep: typeof addAs | typeof resolved) {
    const spec = yield* Effect.try({ try: () => parseBackendSpec(text), catch: (error) => error as StudioError })
    if (spec._tag !== "name") return yield* keep(spec.name, yield* settingsOf(spec, text), makeRedactor().text(text))
    const settings = yield* settingsNamed(spec.name)
    return yield* resolved(
      spec.name,
      settings,
      origin(spec.name) === "config" ? spec.name : specOf(spec.name, settings)
    )
  })
  return {
    list: Effect.flatMap(all, (backends) =>
      Effect.forEach(Object.entries(backends), ([name, settings]) => infoOf(name, settings))
    ),
    info: ({ name, settings }) => infoOf(name, settings),
    add: (name, settings) => addAs(name, settings, specOf(name, settings)),
    resolve: (text) => understand(text, addAs),
    look: (text) => understand(text, resolved)
  }
}

const findAdapter = (
  adapters: readonly Adapter[],
  name: string,
  backend: string
): Effect.Effect<Adapter, StudioError> => {
  const adapter = adapters.find((candidate) => candidate.name === name)
  return adapter === undefined
    ? Effect.fail(
        new StudioError({
          code: "unknown-adapter",
          message: `The backend "${backend}" wants the adapter "${name}", which is not loaded.`,
          hint: `Loaded are ${adapters.map((candidate) => candidate.name).join(", ")}; others go into \`adapters\` of the config file.`,
          path: "backend"
        })
      )
    : Effect.succeed(adapter)
}

const unknownBackend = (name: string, known: readonly string[]): StudioError =>
  new StudioError({
    code: "unknown-backend",
    message: `There is no backend "${name}".`,
    hint: `${known.length === 0 ? "None is configured" : `Known are ${known.join(", ")}`}; add it to \`backends\` of studio.config.yaml, or write ${name}=URL or ${name}=ADAPTER:URL.`,
    path: "backend"
  })

const urlOf = ({ url }: BackendConfig): string | null => (typeof url === "string" ? makeRedactor().text(url) : null)

const specOf = (name: string, settings: BackendConfig): string => {
  const url = urlOf(settings)
  return url === null ? name : `${name}=${settings.adapter}:${url}`
}
