import type { Run, Sample } from "@sglang-studio/core/domain"
import { isFinished } from "@sglang-studio/core/domain"
import { useEffect, useMemo } from "preact/hooks"
import { api } from "../../api/client.ts"
import { plural, share, significant } from "../../base/format.ts"
import { quantileCurve, sorted } from "../../base/quantileCurve.ts"
import { Plot, type PlotSeries } from "../../charts/Plot.tsx"
import { loaded } from "../../model/load.ts"
import { Loading } from "../../parts/States.tsx"

/** Every measured request over time, and the whole distribution instead of a few percentiles. */
export const SamplesPanel = ({ run }: { run: Run }) => {
  const samples = useMemo(() => loaded(async () => (await api.runSamples({ id: run.id })).items), [run.id])
  useEffect(() => {
    if (isFinished(run.status)) void samples.refresh()
  }, [run.status])
  return (
    <section class="card" aria-labelledby="requests-title">
      <div class="card-head">
        <h2 id="requests-title">Requests</h2>
        {samples.load.value.state === "ready" && <span class="note">{describe(samples.load.value.value)}</span>}
      </div>
      <Loading load={samples.load.value} onRetry={() => void samples.refresh()}>
        {(items) =>
          items.length === 0 ? (
            <p class="card-body muted">
              This entrypoint records no per-request times; the percentiles above are the engine's own.
            </p>
          ) : (
            <Charts samples={items} />
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

const seconds = (value: number): string => `${significant(value, 3)} s`
const milliseconds = (value: number): string => significant(value, 3)
const shares = Array.from({ length: 200 }, (_, index) => (index + 1) / 200)

const Charts = ({ samples }: { samples: readonly Sample[] }) => {
  const timed = useMemo(
    () => samples.filter((sample) => sample.startMs !== null).toSorted((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0)),
    [samples]
  )
  const x = useMemo(() => timed.map((sample) => (sample.startMs ?? 0) / 1000), [timed])
  const scatter = useMemo(
    (): PlotSeries[] => [
      { label: "E2E", colour: "third", draw: "dots", values: timed.map((sample) => sample.e2eMs) },
      { label: "TTFT", colour: "fourth", draw: "dots", values: timed.map((sample) => sample.ttftMs) }
    ],
    [timed]
  )
  const marks = useMemo(
    () =>
      timed
        .filter((sample) => sample.error !== null)
        .slice(0, 20)
        .map((sample) => ({ at: (sample.startMs ?? 0) / 1000, text: "failed", colour: "fail" })),
    [timed]
  )
  const curves = useMemo(
    (): PlotSeries[] => [
      {
        label: "E2E",
        colour: "third",
        draw: "steps",
        values: quantileCurve(sorted(samples.map((sample) => sample.e2eMs)), shares)
      },
      {
        label: "TTFT",
        colour: "fourth",
        draw: "steps",
        values: quantileCurve(sorted(samples.map((sample) => sample.ttftMs)), shares)
      }
    ],
    [samples]
  )
  return (
    <div class="sample-charts">
      {x.length > 0 && (
        <figure>
          <figcaption class="muted">
            latency in ms by time of sending <Key />
          </figcaption>
          <Plot
            label="Latency of every request by time of sending"
            height={180}
            x={x}
            series={scatter}
            marks={marks}
            xText={seconds}
            yText={milliseconds}
          />
        </figure>
      )}
      <figure>
        <figcaption class="muted">latency in ms by share of requests that are at most this slow</figcaption>
        <Plot
          label="Latency by percentile"
          height={180}
          x={shares}
          series={curves}
          xText={(value) => share(value, 0)}
          yText={milliseconds}
        />
      </figure>
    </div>
  )
}

const Key = () => (
  <span class="push spread">
    <span class="fourth spread">
      <span class="dot" /> TTFT
    </span>
    <span class="third spread">
      <span class="dot" /> E2E
    </span>
  </span>
)
