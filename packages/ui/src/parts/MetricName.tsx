import type { ComponentChildren } from "preact"
import { definitionOf, metricSource, splitMetric } from "@sglang-studio/core/domain"
import { metricName } from "../base/metricNames.ts"
import { Definition } from "./Definition.tsx"

interface MetricNameProps {
  /** A metric of a run, `ttft_ms.p95`, or a figure of a comparison, `kl_lower_bound`. */
  readonly name: string
  /** Who computed the value that stands beside it: the `definition` of a stored metric. */
  readonly definition?: string
  /** What is shown where the usual short name does not fit. */
  readonly label?: string
  /** What else is said of this one value. */
  readonly children?: ComponentChildren
}

/**
 * A number's name. It opens what the number is, how it is computed and by whom, what others call the same, and leads
 * on to the dictionary.
 */
export const MetricName = ({ name, definition, label, children }: MetricNameProps) => {
  const { meaning, better, label: usual } = metricName(name)
  const { stem } = splitMetric(name)
  const known = definitionOf(stem)
  const source = definition === undefined ? null : metricSource(definition)
  return (
    <Definition name={label ?? usual} title={usual}>
      {meaning !== "" && (
        <p>
          {meaning} {better !== null && `${better === "lower" ? "Lower" : "Higher"} is better.`}
        </p>
      )}
      {known !== null && (
        <p>
          <code>{known.formula}</code>
        </p>
      )}
      {children}
      {source !== null && <p class="muted">{source}</p>}
      {known?.peers !== undefined && (
        <dl class="peers muted">
          {Object.entries(known.peers).map(([peer, words]) => (
            <div key={peer}>
              <dt>{peer}</dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      )}
      <p class="faint">
        <code>{name}</code>
        {definition !== undefined && (
          <>
            {" "}
            by definition <code>{definition}</code>
          </>
        )}
        {known !== null && (
          <>
            {" \u00b7 "}
            <a class="link" href={`/dictionary#${stem}`}>
              in the dictionary
            </a>
          </>
        )}
      </p>
    </Definition>
  )
}
