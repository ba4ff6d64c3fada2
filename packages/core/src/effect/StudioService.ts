import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Studio } from "../engine/Studio.ts"
import type { StudioOptions } from "../engine/StudioOptions.ts"
import { isStudioError, StudioError } from "../engine/StudioError.ts"

/**
 * The studio as a service: its methods are promises that reject with `StudioError`; the layer closes it.
 *
 * @example
 * const program = Effect.flatMap(StudioService, (studio) => Effect.promise(() => studio.status()))
 * Effect.runPromise(Effect.provide(program, StudioService.layer({ data: ":memory:", adapters })))
 */
export class StudioService extends Context.Service<StudioService, Studio>()(
  "@sglang-studio/core/effect/StudioService"
) {
  static readonly layer = (options: StudioOptions): Layer.Layer<StudioService, StudioError> =>
    Layer.effect(
      StudioService,
      Effect.acquireRelease(
        Effect.tryPromise({
          // Authors of adapters load this module too, and should not load an engine and a database with it.
          try: async () => (await import("../engine/openStudio.ts")).openStudio(options),
          catch: asStudioError
        }),
        (studio) => Effect.promise(() => studio.close())
      )
    )
}

const asStudioError = (error: unknown): StudioError =>
  isStudioError(error) ? error : new StudioError({ code: "defect", message: String(error), cause: error })
