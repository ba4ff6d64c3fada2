import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals"
import { isFinished, type Comparison, type Run } from "@sglang-studio/core/domain"
import { api } from "../api/client.ts"
import { toProblem, type Problem } from "../api/problem.ts"
import { compareArms, comparisonById } from "./comparisons.ts"
import { onLive } from "./live.ts"
import { rememberBackends } from "./lastBackends.ts"
import { lastOf } from "./load.ts"
import { labelIds, type ResolvedLabels } from "./labelIds.ts"
import { readForm, type PlaygroundForm } from "./playgroundForm.ts"
import { fieldsOfCase } from "./playgroundCase.ts"
import { rememberRun, runById } from "./runs.ts"

/** The Playground: a form, the runs it started, and how they compare. */
export interface Playground {
  readonly form: Signal<PlaygroundForm>
  change(part: Partial<PlaygroundForm>): void
  /** The stored case that the form was filled from or saved as. */
  readonly caseName: Signal<string | null>
  readonly runIds: ReadonlySignal<readonly string[]>
  readonly comparisonId: ReadonlySignal<string | null>
  readonly comparison: ReadonlySignal<Comparison | null>
  readonly labels: ReadonlySignal<ResolvedLabels>
  readonly problem: ReadonlySignal<Problem | null>
  readonly busy: ReadonlySignal<boolean>
  /** Text and time of first token of a generating run, as it streams in. */
  readonly streams: ReadonlySignal<ReadonlyMap<string, Streamed>>
  runAll(): Promise<void>
  dispose(): void
}

export interface Streamed {
  readonly text: string
  readonly tokens: number
  readonly firstAt: string
}

export interface Shown {
  readonly form: PlaygroundForm
  readonly caseName: string | null
  readonly runIds: readonly string[]
  readonly comparisonId: string | null
}

export const createPlayground = (shown: Shown): Playground => {
  const form = signal(shown.form)
  const caseName = signal(shown.caseName)
  const runIds = signal(shown.runIds)
  const comparisonId = signal(shown.comparisonId)
  const problem = signal<Problem | null>(null)
  const busy = signal(false)
  const streams = signal<ReadonlyMap<string, Streamed>>(new Map())
  const labels = labelIds(form)

  const comparison = computed(() =>
    comparisonId.value === null ? null : lastOf(comparisonById(comparisonId.value).load.value)
  )

  // Two or more finished runs are compared at once, without being asked.
  let comparing = ""
  const stopComparing = effect(() => {
    const runs = runIds.value.map((id) => lastOf(runById(id).load.value))
    const key = runIds.value.join()
    if (runs.length < 2 || comparisonId.value !== null || comparing === key || !runs.every(isDone)) return
    const good = runs.filter((run): run is Run => run?.status === "succeeded")
    if (good.length < 2) return
    comparing = key
    compareArms(good.map((run) => ({ label: run.backend, runIds: [run.id] }))).then(
      (made) => {
        if (runIds.peek().join() === key) comparisonId.value = made.id
      },
      (thrown: unknown) => {
        problem.value = toProblem(thrown)
      }
    )
  })

  const stopStreams = onLive(({ runId, at, event }) => {
    if (event.type !== "token" || !runIds.peek().includes(runId)) return
    const before = streams.peek().get(runId)
    const next = {
      text: (before?.text ?? "") + (event.text ?? ` #${event.id}`),
      tokens: (before?.tokens ?? 0) + 1,
      firstAt: before?.firstAt ?? at
    }
    streams.value = new Map([...streams.peek(), [runId, next]])
  })

  // A link to a case fills the form; a link that carries a form as well has the user's own changes to it.
  const fill = async (name: string): Promise<void> => {
    try {
      const read = fieldsOfCase(await api.getCase({ id: name }))
      if (read.ok) form.value = { ...form.peek(), ...read.value }
      else problem.value = { ...toProblem(read.problem), code: "form", detail: read.problem, hint: null }
    } catch (thrown) {
      problem.value = toProblem(thrown)
    }
  }
  if (shown.caseName !== null && shown.form.query === "" && shown.form.prompt === "") void fill(shown.caseName)

  const runAll = async (): Promise<void> => {
    const read = readForm(form.peek())
    if (!read.ok) {
      problem.value = { ...toProblem(read.problem), code: "form", detail: read.problem, hint: null }
      return
    }
    if (busy.peek()) return
    busy.value = true
    problem.value = null
    comparisonId.value = null
    streams.value = new Map()
    runIds.value = []
    rememberBackends(form.peek().backends)
    try {
      for (const backend of form.peek().backends) {
        const run = await api.submitRun({ backend, request: read.value, tags: ["playground"] })
        rememberRun(run)
        runIds.value = [...runIds.peek(), run.id]
      }
      // A run may have moved on between its submission and its entry in the list of those that are watched.
      for (const id of runIds.peek()) void runById(id).refresh()
    } catch (thrown) {
      problem.value = toProblem(thrown)
    } finally {
      busy.value = false
    }
  }

  return {
    form,
    change: (part) => {
      form.value = { ...form.peek(), ...part }
    },
    caseName,
    runIds,
    comparisonId,
    comparison,
    labels: labels.resolved,
    problem,
    busy,
    streams,
    runAll,
    dispose: () => {
      stopComparing()
      stopStreams()
      labels.dispose()
    }
  }
}

const isDone = (run: Run | null): boolean => run !== null && isFinished(run.status)
