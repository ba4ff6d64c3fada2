import { useEffect, useState } from "preact/hooks"
import { useKeys, type KeyBinding } from "./keys.ts"

/** Walks the rows of a list by j and k, Enter opens one. Returns the row under the cursor, -1 before the first step. */
export const useRowKeys = (
  count: number,
  open: (index: number) => void,
  more: (cursor: number) => readonly KeyBinding[] = () => []
): number => {
  const [cursor, setCursor] = useState(-1)
  const at = Math.min(cursor, count - 1)
  useKeys([
    { key: "j", does: "next row", run: () => setCursor(Math.min(count - 1, at + 1)) },
    { key: "k", does: "previous row", run: () => setCursor(Math.max(0, at - 1)) },
    { key: "o", does: "open the row", run: () => at >= 0 && open(at) },
    ...more(at)
  ])
  useEffect(() => {
    document.querySelector("tr.cursor")?.scrollIntoView({ block: "nearest" })
  }, [at])
  return at
}
