import * as Effect from "effect/Effect"
import { armKey } from "../../campaign/cells.ts"
import type { CampaignOptions, CampaignRecord } from "../../domain/campaign.ts"
import type { PlannedRun } from "../../domain/plan.ts"
import type { Suite } from "../../domain/suite.ts"
import { newId } from "../../store/newId.ts"
import type { RunStore } from "../../store/RunStore.ts"
import { mostRuns, planSuite, runsAsked } from "../../suite/planSuite.ts"
import { requestAt } from "../../suite/planned.ts"
import { checkRequest } from "../checkRequest.ts"
import { fromAdapter } from "../RunFailure.ts"
import { isStudioError, StudioError } from "../StudioError.ts"
import { historyOf } from "./history.ts"
import { settingsOf } from "./sideSettings.ts"
import { lookAtSides, resolveSides, type Side, type SideMeans } from "./Side.ts"

interface Means extends SideMeans {
  readonly store: RunStore["Service"]
}

export interface CampaignPlan {
  readonly seed: Omit<CampaignRecord, "createdAt" | "status">
  readonly sides: readonly Side[]
}

/** Understands everything before anything is run. Fails with `StudioError` that names the field. */
export const planCampaign = Effect.fnUntraced(function* (
  means: Means,
  suite: Suite,
  specs: readonly string[],
  options: CampaignOptions
) {
  const sides = yield* resolveSides(means, specs.length > 0 ? specs : suite.backends, options)
  const problem = mockProblem(sides, options)
  if (problem !== null) return yield* Effect.fail(problem)
  const plan = yield* planOn(means.store, suite, sides, options)
  if (plan.runs.length === 0) return yield* Effect.fail(nothingToRun(suite, plan.skipped[0]?.reason))
  return {
    sides,
    seed: {
      id: newId(),
      suite,
      backends: sides.map(({ backend }) => backend.name),
      settings: settingsOf(sides),
      options,
      plan,
      state: {
        finishedAt: null,
        activeMs: 0,
        since: null,
        extended: false,
        stopped: null,
        cells: [],
        verdict: null
      }
    }
  } satisfies CampaignPlan
})

/** What a campaign would do, on backends that nobody needs to add. */
export const previewPlan = Effect.fnUntraced(function* (
  means: Means,
  suite: Suite,
  specs: readonly string[],
  options: CampaignOptions
) {
  const sides = yield* lookAtSides(means, specs.length > 0 ? specs : suite.backends, options)
  return yield* planOn(means.store, suite, sides, options)
})

const planOn = Effect.fnUntraced(function* (
  store: RunStore["Service"],
  suite: Suite,
  sides: readonly Side[],
  options: CampaignOptions
) {
  const problem = backendsProblem(sides)
  if (problem !== null) return yield* Effect.fail(problem)
  yield* checkBaseline(store, suite, options)
  const backends = sides.map((side) => side.plan)
  const asked = runsAsked({ suite, backends })
  if (asked > mostRuns)
    return yield* Effect.fail(
      invalid(
        "repeats",
        `The suite asks for ${asked} runs; at most ${mostRuns} can be planned.`,
        "Use fewer repeats, points or cases."
      )
    )
  const plan = planSuite({ suite, backends, history: yield* historyOf(store, suite.suite) })
  for (const run of plan.runs.filter(({ repeat }) => repeat === 1)) {
    const side = sides.find(({ backend }) => backend.name === run.backend)
    yield* Effect.try({
      try: () => {
        const request = checkRequest(requestAt(suite, run))
        side?.adapter.check?.(request)
      },
      catch: (thrown) => cannotBeAsked(run, side?.adapter.name ?? run.backend, thrown)
    })
  }
  return plan
})

/** Known before a server is started and hours are spent. */
const cannotBeAsked = (run: PlannedRun, adapter: string, thrown: unknown): StudioError => {
  if (isStudioError(thrown)) return thrown
  const { code, message, hint } = fromAdapter(adapter, thrown)
  return new StudioError({ code, message: `${armKey(run, run.backend)}: ${message}`, hint, path: "cases" })
}

const backendsProblem = (sides: readonly Side[]): StudioError | null => {
  const names = sides.map(({ backend }) => backend.name)
  if (names.length === 0)
    return invalid("backends", "The suite names no backend.", "Name one with --backend, or in the suite's `backends`.")
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  return twice === undefined
    ? null
    : invalid("backends", `The backend "${twice}" is named twice.`, `Give each its own name: ${twice}-2=…`)
}

/** What a gate must not judge, before anything is run. */
export const mockProblem = (sides: readonly Side[], { gate, allowMock }: CampaignOptions): StudioError | null => {
  const mocks = sides.filter(({ isMock }) => isMock)
  return !gate || allowMock || mocks.length === 0
    ? null
    : mockRefused(`A gate does not judge mock results: ${mocks.map(({ backend }) => backend.name).join(", ")}.`)
}

const mockRefused = (message: string): StudioError =>
  new StudioError({
    code: "mock-refused",
    message,
    hint: "Name real backends, or say --allow-mock.",
    path: "backends"
  })

/** That there is such a baseline is asked before hours are spent. */
export const checkBaseline = Effect.fnUntraced(function* (
  store: RunStore["Service"],
  { suite }: Suite,
  { against, gate, allowMock }: CampaignOptions
) {
  if (against === null) return
  const baselines = yield* store.baselines({ suite, name: against })
  if (baselines.length === 0) {
    const names = new Set((yield* store.baselines({ suite })).map(({ name }) => name))
    return yield* Effect.fail(
      new StudioError({
        code: "unknown-baseline",
        message: `The suite "${suite}" has no baseline "${against}".`,
        hint: `${names.size === 0 ? "It has none" : `It has ${[...names].join(", ")}`}; make one of a campaign with \`studio baseline promote CAMPAIGN --name ${against}\`.`,
        path: "against"
      })
    )
  }
  if (!gate || allowMock) return
  const ids = new Set(baselines.flatMap(({ runIds }) => runIds))
  const runs = yield* Effect.forEach(ids, (id) => store.get(id))
  if (runs.some(({ provenance }) => provenance !== "real"))
    return yield* Effect.fail(mockRefused(`The baseline "${against}" holds results that are not real.`))
})

const nothingToRun = ({ suite }: Suite, reason: string | undefined): StudioError =>
  invalid(
    "suite",
    `The suite "${suite}" has nothing to run on these backends${reason === undefined ? "" : `: ${reason}`}.`,
    "`studio plan` shows what would be run and why the rest would not."
  )

const invalid = (path: string, message: string, hint: string): StudioError =>
  new StudioError({ code: "invalid-request", message, hint, path })
