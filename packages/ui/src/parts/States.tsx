import type { ComponentChildren } from "preact"
import type { Problem } from "../api/problem.ts"
import { lastOf, type Load } from "../model/load.ts"
import { Command } from "./Command.tsx"

export const Skeleton = ({ lines = 5 }: { lines?: number }) => (
  <div class="skeleton" role="status" aria-label="Loading">
    {Array.from({ length: lines }, (_, index) => (
      <i key={index} />
    ))}
  </div>
)

/** Nothing here yet: what would be, and how to get it. */
export const Empty = ({
  title,
  command,
  children
}: {
  title: string
  command?: string
  children?: ComponentChildren
}) => (
  <div class="state">
    <h2>{title}</h2>
    {children && <p class="muted">{children}</p>}
    {command !== undefined && <Command text={command} />}
  </div>
)

/** Where to go from what is not there. */
interface Way {
  readonly text: string
  readonly href: string
}

/** What went wrong: sentence, code, next step, and another try, or the way back from what is not there. */
export const ProblemBox = ({ problem, onRetry, back }: { problem: Problem; onRetry?: () => void; back?: Way }) => (
  <div class="state" role="alert">
    <h2>
      <span class="bad" aria-hidden="true">
        {"\u2715"}{" "}
      </span>
      {problem.detail}
    </h2>
    {problem.hint !== null && (
      <p class="muted">
        {problem.hint.split("`").map((part, at) => (at % 2 === 0 ? part : <code key={at}>{part}</code>))}
      </p>
    )}
    {problem.errors
      ?.filter((one) => one.message !== problem.detail)
      .map((one) => (
        <p key={one.path}>
          <code>{one.path}</code> {one.message}
        </p>
      ))}
    <p class="spread">
      <code class="tag">{problem.code}</code>
      {back !== undefined && problem.code === "not-found" ? (
        <a class="link" href={back.href}>
          {back.text}
        </a>
      ) : (
        onRetry && (
          <button type="button" class="button small" onClick={onRetry}>
            Try again
          </button>
        )
      )}
    </p>
  </div>
)

/** One of the three: skeleton, problem, content. An outdated value stays in view under its problem. */
export const Loading = <T,>({
  load,
  onRetry,
  lines,
  back,
  children
}: {
  load: Load<T>
  onRetry: () => void
  lines?: number
  /** Of a whole page: a problem of it stands on a card, and what is not there leads here. */
  back?: Way
  children: (value: T) => ComponentChildren
}) => {
  const value = lastOf(load)
  if (load.state === "loading") return <Skeleton {...(lines === undefined ? {} : { lines })} />
  return (
    <>
      {load.state === "failed" &&
        (back === undefined ? (
          <ProblemBox problem={load.error} onRetry={onRetry} />
        ) : (
          <section class="card">
            <ProblemBox problem={load.error} onRetry={onRetry} back={back} />
          </section>
        ))}
      {value !== null && children(value)}
    </>
  )
}
