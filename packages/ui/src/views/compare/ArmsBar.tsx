import type { Arm, Comparison, Run } from "@sglang-studio/core/domain"
import { comparisonMarkdown } from "../../base/comparisonMarkdown.ts"
import { plural, shortId } from "../../base/format.ts"
import { sideOf } from "../../base/sides.ts"
import { compareArms } from "../../model/comparisons.ts"
import { anyForeign } from "../../model/foreign.ts"
import { lastOf } from "../../model/load.ts"
import { copyText, notify } from "../../model/notice.ts"
import { runById } from "../../model/runs.ts"
import { repeatArms } from "../../model/repeat.ts"
import { toProblem } from "../../api/problem.ts"
import { OriginBadges } from "../../parts/Badge.tsx"
import { SwapIcon } from "../../shell/icons.tsx"
import { useKeys } from "../../shell/keys.ts"
import { navigate } from "../../shell/router.ts"
import { AddArm } from "./AddArm.tsx"

/** The arms as chips, baseline first; pressing the arrows puts another one first. */
export const ArmsBar = ({ comparison }: { comparison: Comparison }) => {
  const { arms } = comparison
  const total = arms.reduce((sum, arm) => sum + arm.runIds.length, 0)
  const baselineWith = async (index: number) => {
    const chosen = arms[index]
    if (chosen === undefined) return
    try {
      const swapped = await compareArms([chosen, ...arms.filter((_, at) => at !== index)])
      navigate(`/compare/${swapped.id}`)
    } catch (thrown) {
      notify(toProblem(thrown).detail, "bad")
    }
  }
  const repeat = async () => {
    try {
      await repeatArms(arms)
      notify(`${plural(total, "run")} queued again`)
      navigate("/runs")
    } catch (thrown) {
      notify(toProblem(thrown).detail, "bad")
    }
  }
  const foreign = anyForeign(arms)
  useKeys(foreign ? [] : [{ key: ".", does: "repeat the runs of all arms", run: () => void repeat() }])
  return (
    <div class={`arms${arms.length > 2 ? " many" : ""}`}>
      {arms.map((arm, index) => (
        <>
          {index > 0 && (
            <button
              type="button"
              class="swap"
              key={`swap-${arm.label}`}
              title={`Make ${arm.label} the baseline`}
              aria-label={`Make ${arm.label} the baseline`}
              onClick={() => void baselineWith(index)}
            >
              <SwapIcon />
            </button>
          )}
          <ArmChip key={arm.label} arm={arm} index={index} />
        </>
      ))}
      <AddArm comparison={comparison} />
      <span class="push spread">
        <button
          type="button"
          class="button"
          title="Copy the verdict and its gates as Markdown"
          onClick={() => void copyText(comparisonMarkdown(comparison, location.href), "Markdown")}
        >
          Markdown
        </button>
        {!foreign && (
          <button type="button" class="button accent" onClick={() => void repeat()}>
            {total <= 2 ? "Repeat both" : `Repeat ${total} runs`} <kbd>.</kbd>
          </button>
        )}
      </span>
    </div>
  )
}

const ArmChip = ({ arm, index }: { arm: Arm; index: number }) => {
  const first = arm.runIds[0]
  const run = first === undefined ? null : lastOf(runById(first).load.value)
  // A server that has just started may answer its first request before it says what it is.
  const last = run?.fingerprint === null ? arm.runIds.at(-1) : undefined
  const probed = last === undefined ? run : (lastOf(runById(last).load.value) ?? run)
  return (
    <span class={`chip ${sideOf(index)}`}>
      <span class="dot" />
      <strong>{arm.label}</strong>
      <span class="faint">{index === 0 ? "baseline" : "candidate"}</span>
      {probed !== null && <code class="cut">{systemText(probed)}</code>}
      {run !== null && <OriginBadges provenance={run.provenance} imported={run.imported} />}
      {first !== undefined && (
        <a
          class="mono faint nowrap"
          href={arm.runIds.length === 1 ? `/runs/${first}` : `/runs?backend=${encodeURIComponent(run?.backend ?? "")}`}
        >
          {arm.runIds.length === 1 ? `run ${shortId(first)}` : plural(arm.runIds.length, "run")}
        </a>
      )}
    </span>
  )
}

const dtypes: Readonly<Record<string, string>> = { float32: "fp32", bfloat16: "bf16", float16: "fp16" }

/** `0.5.15.post1 · fp32`: what answered, in the fewest words that tell it apart. */
export const systemText = ({ fingerprint }: Pick<Run, "fingerprint">): string => {
  if (fingerprint === null) return "not probed"
  const { commit, engineVersion, dtype } = fingerprint
  return [commit?.slice(0, 9) ?? engineVersion, dtype === null ? null : (dtypes[dtype] ?? dtype)]
    .filter((word) => word !== null)
    .join(" \u00b7 ")
}
