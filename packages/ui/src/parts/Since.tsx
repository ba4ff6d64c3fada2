import { useEffect, useState } from "preact/hooks"
import { duration, elapsed } from "../base/time.ts"

/** How long something has been going on; counts on. */
export const Since = ({ from }: { from: string }) => {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return <span role="timer">{duration(Math.max(0, elapsed(from, null, now) ?? 0))}</span>
}
