import * as Effect from "effect/Effect"
import { isRecipeProblem, readLaunchRecipe } from "../../adapter/launchRecipe.ts"
import type { Executor } from "../measure.ts"
import type { BackendConfig } from "../StudioOptions.ts"
import { StudioError } from "../StudioError.ts"
import type { Launch } from "./startServer.ts"

/** How the studio starts a backend: its setting `launch`, where its adapter can launch. */
export const readLaunch = (
  backend: string,
  executor: Executor,
  { launch }: BackendConfig
): Effect.Effect<Launch | null, StudioError> => {
  if (launch === undefined || launch === null || !executor.adapter.supports.operations.includes("launch"))
    return Effect.succeed(null)
  const recipe = readLaunchRecipe(launch)
  if (!isRecipeProblem(recipe)) return Effect.succeed({ backend, executor, recipe })
  const path = ["launch", ...recipe.path].join(".")
  return Effect.fail(
    new StudioError({
      code: "invalid-backend",
      message: `The settings of the backend "${backend}" do not suit: ${path}: ${recipe.message}.`,
      hint: "Correct the backend in the config file.",
      path: `backend.${path}`
    })
  )
}
