import { useLayoutEffect, useRef } from "preact/hooks"
import { count } from "../../base/format.ts"

/** The end of the log, following it while the reader is at its foot. */
export const LogTail = ({ lines }: { lines: readonly string[] }) => {
  const box = useRef<HTMLPreElement>(null)
  const atFoot = useRef(true)
  useLayoutEffect(() => {
    if (box.current !== null && atFoot.current) box.current.scrollTop = box.current.scrollHeight
  }, [lines])
  if (lines.length === 0) return null
  return (
    <section class="card" aria-labelledby="log-title">
      <div class="card-head">
        <h2 id="log-title">Log</h2>
        <span class="note">{lines.length === 1 ? "one line" : `last ${count(lines.length)} lines`}</span>
      </div>
      <pre
        ref={box}
        class="text log"
        tabIndex={0}
        role="log"
        aria-label="Log"
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          atFoot.current = scrollTop + clientHeight >= scrollHeight - 4
        }}
      >
        {lines.join("\n")}
      </pre>
    </section>
  )
}
