import * as Effect from "effect/Effect"
import type { Adapter } from "../../adapter/Adapter.ts"
import type { CampaignOptions } from "../../domain/campaign.ts"
import type { PlanBackend } from "../../suite/PlanBackend.ts"
import { adapterMode } from "../adapterMode.ts"
import type { Backends, ResolvedBackend } from "../Backends.ts"
import type { Executor } from "../measure.ts"
import type { AdapterMode } from "../StudioOptions.ts"
import type { StudioError } from "../StudioError.ts"

/** A backend's part in a campaign. */
export interface Side {
  readonly backend: ResolvedBackend
  /** How its runs are executed. */
  readonly mode: AdapterMode
  readonly isMock: boolean
  /** Whose backend answers, unless that turns out to be absent. */
  readonly adapter: Adapter
  readonly plan: PlanBackend
}

export interface SideMeans {
  readonly backends: Backends
  readonly fallback: Executor | null
  readonly env: { readonly [name: string]: string | undefined }
}

/** Understands what `--backend` says, and who will answer. A gate that refuses mocks lets nothing fall back to one. */
export const resolveSides = (
  { backends, fallback, env }: SideMeans,
  specs: readonly string[],
  { adapterMode: submitted, gate, allowMock }: CampaignOptions
) =>
  Effect.forEach(
    specs,
    Effect.fnUntraced(function* (spec: string) {
      const backend = yield* backends.resolve(spec)
      const asked = yield* Effect.try({
        try: () =>
          adapterMode({
            adapter: backend.adapter.name,
            submitted,
            configured: backend.settings.adapterMode,
            env
          }),
        catch: (error) => error as StudioError
      })
      const mode = asked === "auto" && gate && !allowMock ? "bench" : asked
      const isReplaced = mode === "mock" && backend.adapter.mock !== true
      const adapter = isReplaced && fallback !== null ? fallback.adapter : backend.adapter
      const { supports } = adapter
      return {
        backend,
        mode,
        isMock: backend.adapter.mock === true || isReplaced,
        adapter,
        plan: {
          name: backend.name,
          canLaunch: backend.launch !== null && !isReplaced,
          operations: supports.operations,
          entrypoints: supports.entrypoints,
          standalone: supports.standalone ?? []
        }
      } satisfies Side
    })
  )

/** The same, and adds no backend. */
export const lookAtSides = ({ backends, ...means }: SideMeans, specs: readonly string[], options: CampaignOptions) =>
  resolveSides({ ...means, backends: { ...backends, resolve: backends.look } }, specs, options)
