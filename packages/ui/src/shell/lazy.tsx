import type { FunctionComponent } from "preact"
import { useEffect, useState } from "preact/hooks"
import { toProblem, type Problem } from "../api/problem.ts"
import { ProblemBox, Skeleton } from "../parts/States.tsx"

/** A view whose code comes when it is first shown. */
export const lazy = <P extends object>(load: () => Promise<FunctionComponent<P>>): FunctionComponent<P> => {
  let ready: FunctionComponent<P> | null = null
  return (props: P) => {
    const [, redraw] = useState(0)
    const [problem, setProblem] = useState<Problem | null>(null)
    useEffect(() => {
      if (ready !== null) return
      load().then(
        (view) => {
          ready = view
          redraw((n) => n + 1)
        },
        (thrown: unknown) => setProblem(toProblem(thrown))
      )
    }, [])
    const View = ready
    if (View !== null) return <View {...props} />
    return problem === null ? <Skeleton /> : <ProblemBox problem={problem} onRetry={() => location.reload()} />
  }
}
