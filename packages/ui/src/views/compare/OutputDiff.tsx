import type { Run } from "@sglang-studio/core/domain"
import { useMemo } from "preact/hooks"
import { sideOf } from "../../base/sides.ts"
import { wordDiff } from "../../base/wordDiff.ts"
import { Badge } from "../../parts/Badge.tsx"

const longest = 20_000

/** What the two sides wrote, laid on each other word by word. */
export const OutputDiff = ({
  left,
  right,
  labels,
  candidate
}: {
  left: Run
  right: Run
  labels: readonly string[]
  candidate: number
}) => {
  const [a, b] = [left.output?.text ?? null, right.output?.text ?? null]
  const parts = useMemo(
    () => (a === null || b === null || a.length + b.length > longest ? null : wordDiff(a, b)),
    [a, b]
  )
  if (a === null || b === null) return null
  return (
    <section class="card" aria-labelledby="outputs-title">
      <div class="card-head">
        <h2 id="outputs-title">Outputs</h2>
        {a === b ? (
          <Badge kind="pass" text="the same text" />
        ) : (
          <span class="note">
            <del class="left">{labels[0]}</del> <ins class={sideOf(candidate)}>{labels[1]}</ins>
          </span>
        )}
      </div>
      <pre class="text output-diff" tabIndex={0}>
        {a === b
          ? a
          : parts === null
            ? "The texts are too long to be laid on each other."
            : parts.map((part, index) =>
                part.of === "first" ? (
                  <del key={index} class="left">
                    {part.text}
                  </del>
                ) : part.of === "second" ? (
                  <ins key={index} class={sideOf(candidate)}>
                    {part.text}
                  </ins>
                ) : (
                  part.text
                )
              )}
      </pre>
    </section>
  )
}
