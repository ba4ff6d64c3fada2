import { isFinished } from "@sglang-studio/core/domain"
import { useEffect, useState } from "preact/hooks"
import { duration, moment } from "../../base/time.ts"
import { phasesOf } from "./phases.ts"
import type { StatusChange } from "./useRunLog.ts"

/** The states of a run to scale, and each with how long it lasted; keeps its place until they are known. */
export const PhaseTimeline = ({ history }: { history: readonly StatusChange[] }) => {
  const last = history.at(-1)
  const over = last !== undefined && isFinished(last.status)
  const phases = phasesOf(history, useNow(!over))
  const whole = phases.reduce((sum, { ms }) => sum + ms, 0)
  return (
    <div class="phases">
      <div class="phase-bar" aria-hidden="true">
        {phases.map(({ status, ms }) => (
          <i
            key={status}
            class={status}
            style={{ flexGrow: whole === 0 ? 1 : ms / whole }}
            title={`${status} ${duration(ms)}`}
          />
        ))}
      </div>
      <ol class="history" aria-label="States of this run">
        {phases.map(({ status, at, ms }) => (
          <li key={status} title={moment(at)}>
            <i class={`phase-mark ${status}`} aria-hidden="true" />
            {status} <span class="faint">{duration(ms)}</span>
          </li>
        ))}
        {over && <li title={moment(last.at)}>{last.status}</li>}
      </ol>
    </div>
  )
}

/** The time, moving on once a second where it is asked to. */
const useNow = (moving: boolean): number => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!moving) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [moving])
  return now
}
