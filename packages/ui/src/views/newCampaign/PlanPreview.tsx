import { cellKey, type Plan, type PlannedRun } from "@sglang-studio/core/domain"
import { plural } from "../../base/format.ts"
import { sideOf } from "../../base/sides.ts"
import { duration } from "../../base/time.ts"
import { LeftOut } from "../campaign/LeftOut.tsx"
import { cellWords } from "../campaign/matrix.ts"
import { PlanBlocks } from "../campaign/PlanBlocks.tsx"

/** Above this many the runs are told by number alone. */
const mostDrawn = 3000

/** `48 runs in 5 blocks, 8 of them warm-up` */
export const planWords = ({ runs }: Plan): string => {
  const warmups = runs.filter(({ phase }) => phase === "warmup").length
  const blocks = new Set(runs.map(({ block }) => block)).size
  return `${plural(runs.length, "run")} in ${plural(blocks, "block")}${warmups === 0 ? "" : `, ${warmups} of them warm-up`}`
}

/** What a campaign would do, in its order: a square a run, coloured by its backend. */
export const PlanPreview = ({ plan, backends }: { plan: Plan; backends: readonly string[] }) => {
  const { runs, estimateMs, skipped } = plan
  const cells = new Set(runs.map((run) => cellKey(run.case, run.point))).size
  const arms = backends.length > 0 ? backends : [...new Set(runs.map(({ backend }) => backend))].toSorted()
  return (
    <>
      <div class="card-body plan-facts">
        <p>
          {plural(cells, "cell")}, seed {plan.seed};{" "}
          {estimateMs === null ? (
            <span class="muted">time not known: no earlier campaign of this suite</span>
          ) : (
            `about ${duration(estimateMs)}, from earlier campaigns`
          )}
        </p>
        <ul class="plan-key">
          {arms.map((backend, arm) => (
            <li key={backend} class={sideOf(arm)}>
              <i class="slot arm" aria-hidden="true" /> <span class="mono-name side-ink">{backend}</span>{" "}
              {plural(runs.filter((run) => run.backend === backend).length, "run")}
            </li>
          ))}
          {runs.some(({ phase }) => phase === "warmup") && (
            <li>
              <i class="slot warmup" aria-hidden="true" /> warm-up
            </li>
          )}
        </ul>
      </div>
      {runs.length <= mostDrawn && (
        <PlanBlocks
          label="Order of the runs"
          runs={runs}
          slot={(run) => (
            <i
              key={run.key}
              class={`slot arm ${sideOf(arms.indexOf(run.backend))} ${run.phase}`}
              title={runWords(run)}
            />
          )}
        />
      )}
      <LeftOut skipped={skipped} />
    </>
  )
}

const runWords = (run: PlannedRun): string =>
  `${run.position}. ${cellWords(run)} on ${run.backend}, ${run.phase === "warmup" ? "warm-up" : "repeat"} ${run.repeat}`
