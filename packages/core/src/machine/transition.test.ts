import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { arbitraryAppends } from "../../test/store/arbitraryLog.ts"
import type { RunLogEvent } from "../domain/event.ts"
import { isFinished, type RunStatus, runStatuses } from "../domain/run.ts"
import { type RunState, transition } from "./transition.ts"

const at = "2026-01-02T03:04:05.000Z"
const failure = { code: "crashed", message: "It ended with exit code 1", hint: null }

const states: { readonly [status in RunStatus]: RunState } = {
  queued: { status: "queued" },
  starting: { status: "starting" },
  running: { status: "running", startedAt: at },
  succeeded: { status: "succeeded", startedAt: at, finishedAt: at },
  failed: { status: "failed", startedAt: null, finishedAt: at, error: failure },
  cancelled: { status: "cancelled", startedAt: null, finishedAt: at, error: null },
  interrupted: { status: "interrupted", startedAt: at, finishedAt: at, error: null }
}

const to = (status: RunStatus): RunLogEvent => ({ type: "status", status, error: status === "failed" ? failure : null })

describe("transition", () => {
  it("allows these steps and no others", () => {
    const steps = runStatuses.map((from) => {
      const legal = runStatuses.filter((next) => transition(states[from], to(next), at)._tag === "moved")
      return `${from} -> ${legal.join(" | ") || "(final)"}`
    })
    expect(steps.join("\n")).toMatchInlineSnapshot(`
      "queued -> starting | failed | cancelled | interrupted
      starting -> running | failed | cancelled | interrupted
      running -> succeeded | failed | cancelled | interrupted
      succeeded -> (final)
      failed -> (final)
      cancelled -> (final)
      interrupted -> (final)"
    `)
  })

  it("takes nothing but annotations once a run has finished", () => {
    fc.assert(
      fc.property(fc.constantFrom(...runStatuses.filter(isFinished)), arbitraryAppends, (status, appends) => {
        for (const event of appends.flat()) {
          const expected = event.type === "annotated" ? "stayed" : "refused"
          expect(transition(states[status], event, at)._tag).toBe(expected)
        }
      })
    )
  })

  it("keeps the time at which the measurement began", () => {
    const later = "2026-01-02T03:05:00.000Z"
    expect(transition(states.running, to("cancelled"), later)).toEqual({
      _tag: "moved",
      state: { status: "cancelled", startedAt: at, finishedAt: later, error: null }
    })
  })

  it.each([
    [
      "a failure without a reason",
      states.running,
      { type: "status", status: "failed", error: null },
      "a failed run says why"
    ],
    [
      "a success with an error",
      states.running,
      { type: "status", status: "succeeded", error: failure },
      "a succeeded run has no error"
    ],
    [
      "a fallback after the measurement began",
      states.running,
      { type: "fallback", code: "x", message: "x" },
      "a running run cannot fall back"
    ],
    [
      "a result before it began",
      states.queued,
      { type: "result", score: null, output: null, metrics: {}, rawMetrics: null },
      "a queued run has no result"
    ]
  ] satisfies [string, RunState, RunLogEvent, string][])("refuses %s", (_, state, event, reason) => {
    expect(transition(state, event, at)).toEqual({ _tag: "refused", reason })
  })
})
