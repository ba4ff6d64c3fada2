import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { arbitraryAppends, seedOf } from "../../test/store/arbitraryLog.ts"
import type { RunLogEvent } from "../domain/event.ts"
import { isFinished } from "../domain/run.ts"
import { judgeValidity } from "../domain/validity.ts"
import { project, queuedRun, replay } from "./project.ts"

const at = "2026-01-02T03:04:05.000Z"
const created = { at, event: { type: "created", seed: seedOf() } as const }
const logOf = (events: readonly RunLogEvent[]) => [created, ...events.map((event) => ({ at, event }))]

/** The events that a run accepts when each is offered in turn. */
const legal = (events: readonly RunLogEvent[]): readonly RunLogEvent[] => {
  let run = queuedRun(created.event.seed, at)
  return events.filter((event) => {
    const projection = project(run, event, at)
    if (projection._tag === "refused") return false
    run = { ...run, ...projection.changes }
    return true
  })
}

describe("replay", () => {
  it("gives a record that hangs together, whatever happened", () => {
    fc.assert(
      fc.property(arbitraryAppends, (appends) => {
        const events = legal(appends.flat())
        const run = replay(logOf(events))
        const of = <T extends RunLogEvent["type"]>(type: T) =>
          events.filter((event): event is Extract<RunLogEvent, { type: T }> => event.type === type)
        expect(run).not.toBeNull()
        if (run === null) return
        expect(run.finishedAt !== null).toBe(isFinished(run.status))
        expect(run.validity).toEqual(judgeValidity(of("finding").map((event) => event.finding)))
        expect(run.artifacts).toEqual(of("artifact").map((event) => event.artifact))
        expect(run.traces).toEqual(of("trace").map((event) => event.header))
        expect(run.provenance).toBe(of("fallback").length > 0 ? "mock-fallback" : "mock")
        expect(run.tags).toEqual(of("annotated").at(-1)?.tags ?? created.event.seed.tags)
        expect(run.request).toBe(created.event.seed.request)
      })
    )
  })

  it("refuses a log that cannot have happened", () => {
    const steps: RunLogEvent[] = [{ type: "status", status: "running", error: null }]
    expect(replay(logOf(steps))).toBeNull()
    expect(replay([])).toBeNull()
    expect(replay(logOf([]).slice(1))).toBeNull()
    expect(replay([created, created])).toBeNull()
  })
})
