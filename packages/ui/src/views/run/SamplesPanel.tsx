import type { Run, Sample } from "@sglang-studio/core/domain"
import { isFinished } from "@sglang-studio/core/domain"
import { useEffect, useMemo } from "preact/hooks"
import { api } from "../../api/client.ts"
import { count, plural, significant } from "../../base/format.ts"
import { Plot, type PlotSeries } from "../../charts/Plot.tsx"
import { lastOf, loaded } from "../../model/load.ts"
import { Segments } from "../../parts/Segments.tsx"
import { Loading } from "../../parts/States.tsx"
import { query, setQuery } from "../../shell/router.ts"
import { latencies, requestFigures, shareAt, tailPlace, type Latency } from "./requestFigures.ts"

/** Every measured request over time, and the whole distribution instead of a few percentiles. */
export const SamplesPanel = ({ run }: { run: Run }) => {
  const samples = useMemo(() => loaded(async () => (await api.runSamples({ id: run.id })).items), [run.id])
  useEffect(() => {
    if (isFinished(run.status)) void samples.refresh()
  }, [run.status])
  const which = latencies.find((one) => one === query.value.get("latency")) ?? "e2e"
  const items = lastOf(samples.load.value)
  return (
    <section class="card" aria-labelledby="requests-title">
      <div class="card-head">
        <h2 id="requests-title">Requests</h2>
        {items !== null && items.length > 0 && (
          <>
            <span class="note">{describe(items)}</span>
            <span class="push">
              <Segments
                label="Latency"
                choices={latencies.map((value) => ({ value, label: value.toUpperCase() }))}
                value={which}
                onChoose={(value) => setQuery({ latency: value === "e2e" ? null : value })}
              />
            </span>
          </>
        )}
      </div>
      <Loading load={samples.load.value} onRetry={() => void samples.refresh()}>
        {(all) =>
          all.length === 0 ? (
            <p class="card-body muted">
              This entrypoint records no per-request times; the percentiles above are the engine's own.
            </p>
          ) : (
            <Charts samples={all} which={which} />
          )
        }
      </Loading>
    </section>
  )
}

const describe = (samples: readonly Sample[]): string => {
  const failed = samples.filter((sample) => sample.error !== null).length
  return `${plural(samples.length, "request")}${failed > 0 ? `, ${failed} failed` : ""}`
}

const names = { e2e: "E2E", ttft: "TTFT", tpot: "time per output token" } as const
const seconds = (value: number): string => `${significant(value, 3)} s`
const milliseconds = (value: number): string => significant(value, 3)
const percent = (place: number): string => `${Number((shareAt(place) * 100).toPrecision(6))}%`

const Charts = ({ samples, which }: { samples: readonly Sample[]; which: Latency }) => {
  const figures = useMemo(() => requestFigures(samples, which), [samples, which])
  const { by, sentAt, latency, failed, tail, curve, marks } = figures
  const scatter = useMemo(
    (): PlotSeries[] => [
      { label: names[which], colour: "third", draw: "dots", values: latency },
      { label: "failed", colour: "fail", draw: "dots", values: failed }
    ],
    [figures]
  )
  const distribution = useMemo(
    (): PlotSeries[] => [{ label: names[which], colour: "third", draw: "steps", values: curve }],
    [figures]
  )
  const anyFailed = failed.some((one) => one !== null)
  return (
    <div class="sample-charts">
      {sentAt.length > 0 && (
        <figure>
          <figcaption class="muted">
            {names[which]} in ms, {by === "time" ? "by time of sending" : "by number: all were sent at once"}
            {anyFailed && (
              <span class="push spread bad">
                <span class="dot failed-dot" /> failed
              </span>
            )}
          </figcaption>
          <Plot
            label={`${names[which]} of every request`}
            height={200}
            x={sentAt}
            series={scatter}
            xText={by === "time" ? seconds : count}
            yText={milliseconds}
          />
        </figure>
      )}
      <figure>
        <figcaption class="muted">{names[which]} in ms, by share of requests that are at most this slow</figcaption>
        <Plot
          label={`${names[which]} by percentile: ${marks.map(({ text, value }) => `${text} ${value} ms`).join(", ")}`}
          height={200}
          x={tail}
          series={distribution}
          marks={marks.map(({ at, text }) => ({ at, text, colour: "ink-3", atFoot: true }))}
          xSplits={[0.5, 0.9, 0.99, 0.999, 0.9999].map(tailPlace)}
          xText={percent}
          yText={milliseconds}
        />
      </figure>
    </div>
  )
}
