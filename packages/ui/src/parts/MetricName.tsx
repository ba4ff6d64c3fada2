import { metricName } from "../base/metricNames.ts"
import { Definition } from "./Definition.tsx"

/** A metric by its short name; opens its meaning, which way is better, and the entry of the dictionary that defines it. */
export const MetricName = ({ name, definition }: { name: string; definition?: string }) => {
  const { label, meaning, better } = metricName(name)
  return (
    <Definition name={label}>
      {meaning !== "" && <p>{meaning}</p>}
      {better !== null && <p>{better === "lower" ? "Lower" : "Higher"} is better.</p>}
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
