import type { ComponentChildren } from "preact"
import { useLayoutEffect, useRef, useState } from "preact/hooks"

const rowHeight = 29
const headHeight = 32
const overscan = 8

interface VirtualRowsProps {
  readonly label: string
  readonly count: number
  /** Height of the frame in rows. */
  readonly visible: number
  readonly head: ComponentChildren
  readonly columns: ComponentChildren
  readonly columnCount: number
  /** Kept in view when it changes. */
  readonly cursor: number | null
  readonly row: (index: number) => ComponentChildren
  readonly onRange?: (from: number, to: number) => void
}

/** A table of any length of which only the rows in view are in the document. */
export const VirtualRows = ({
  label,
  count,
  visible,
  head,
  columns,
  columnCount,
  cursor,
  row,
  onRange
}: VirtualRowsProps) => {
  const frame = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  const height = headHeight + Math.min(count, visible) * rowHeight
  const from = Math.max(0, Math.floor(top / rowHeight) - overscan)
  const to = Math.min(count, from + visible + 2 * overscan)

  useLayoutEffect(() => {
    onRange?.(from, to)
  }, [from, to, count])

  useLayoutEffect(() => {
    const box = frame.current
    if (box === null || cursor === null) return
    const at = cursor * rowHeight
    const inner = box.clientHeight - headHeight
    if (at < box.scrollTop + rowHeight || at + 2 * rowHeight > box.scrollTop + inner) {
      box.scrollTop = Math.max(0, at - Math.floor(inner / 2 / rowHeight) * rowHeight)
      setTop(box.scrollTop)
    }
  }, [cursor, count])

  const rows: ComponentChildren[] = []
  for (let index = from; index < to; index++) rows.push(row(index))
  return (
    <div
      class="virtual"
      ref={frame}
      style={{ height: `${height + 1}px` }}
      tabIndex={0}
      role="region"
      aria-label={label}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <table class="rows fixed" aria-rowcount={count + 1} aria-label={label}>
        <colgroup>{columns}</colgroup>
        <thead>{head}</thead>
        <tbody>
          <Spacer height={from * rowHeight} span={columnCount} />
          {rows}
          <Spacer height={(count - to) * rowHeight} span={columnCount} />
        </tbody>
      </table>
    </div>
  )
}

const Spacer = ({ height, span }: { height: number; span: number }) =>
  height <= 0 ? null : (
    <tr class="spacer" aria-hidden="true">
      <td colSpan={span} style={{ height: `${height}px` }} />
    </tr>
  )
