import { metricDefinition, metricSource } from "@sglang-studio/core/domain"
import { metricName } from "../base/metricNames.ts"
import { Definition } from "./Definition.tsx"

/** A metric by its short name; opens what it is, how it is computed and by whom, and what others call the same. */
export const MetricName = ({ name, definition }: { name: string; definition?: string }) => {
  const { label, meaning, better } = metricName(name)
  const known = metricDefinition(name)
  const source = definition === undefined ? null : metricSource(definition)
  return (
    <Definition name={label}>
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
      </p>
    </Definition>
  )
}
