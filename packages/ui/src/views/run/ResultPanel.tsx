import { isFinished, type Run } from "@sglang-studio/core/domain"
import { tokenText } from "../../base/tokenText.ts"
import { ScoreRows } from "../compare/ScoreRows.tsx"

/** What the run gave: scores by item, or text. */
export const ResultPanel = ({ run, streamed }: { run: Run; streamed: string }) => {
  if (run.kind === "benchmark") return null
  const waiting = !isFinished(run.status)
  const text = run.output?.text ?? (streamed === "" ? null : streamed)
  const label = run.score?.labels[0]
  return (
    <section class="card" aria-labelledby="result-title">
      <div class="card-head">
        <h2 id="result-title">{run.kind === "score" ? "Scores" : "Output"}</h2>
        <Asked run={run} />
      </div>
      {run.score !== null && (
        <ScoreRows
          labels={[label === undefined ? "score" : `p(${tokenText(label.text, label.id)})`]}
          scores={[run.score]}
          items={run.score.items}
        />
      )}
      {run.kind === "generate" && text !== null && <pre class="text">{text}</pre>}
      {run.kind === "generate" && text === null && run.output !== null && (
        <p class="card-body mono">{run.output.tokenIds.join(" ")}</p>
      )}
      {run.score === null && text === null && run.output === null && (
        <p class="card-body muted">{waiting ? "Nothing yet: the run has not answered." : "This run gave no result."}</p>
      )}
    </section>
  )
}

const Asked = ({ run: { request } }: { run: Run }) => {
  if ("score" in request) {
    const { applySoftmax, itemFirst, oneByOne, labels, labelTokenIds } = request.score
    const flags = [
      applySoftmax ? "softmax over labels" : "whole vocabulary",
      itemFirst ? "item first" : null,
      oneByOne ? "one by one too" : null
    ]
    return (
      <span class="note">
        labels{" "}
        {(labels ?? labelTokenIds ?? [])
          .map((one) => (typeof one === "string" ? `\u201c${one}\u201d` : `#${one}`))
          .join(", ")}
        ; {flags.filter(Boolean).join(", ")}
      </span>
    )
  }
  if ("generate" in request) {
    const { temperature, seed, topLogprobs } = request.generate
    return (
      <span class="note">
        temperature {temperature}
        {seed !== null && `, seed ${seed}`}, top {topLogprobs}
      </span>
    )
  }
  return null
}
