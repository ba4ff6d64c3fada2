import { signal } from "@preact/signals"
import { useLayoutEffect, useRef } from "preact/hooks"

/** A key and what it does; `key` as `KeyboardEvent.key`, with `Ctrl-` before it where Ctrl or Cmd is held. */
export interface KeyBinding {
  readonly key: string
  readonly does: string
  readonly run: (event: KeyboardEvent) => void
}

/** What is bound now, the newest group last; the help lists it. */
export const bindings = signal<readonly (readonly KeyBinding[])[]>([])

/** Binds keys while the component is shown. Plain keys rest while a field has the focus. */
export const useKeys = (keys: readonly KeyBinding[]): void => {
  const latest = useRef(keys)
  latest.current = keys
  const names = keys.map((binding) => binding.key).join(" ")
  useLayoutEffect(() => {
    const group = latest.current.map((binding, index) => ({
      key: binding.key,
      does: binding.does,
      run: (event: KeyboardEvent) => latest.current[index]?.run(event)
    }))
    bindings.value = [...bindings.peek(), group]
    return () => {
      bindings.value = bindings.peek().filter((one) => one !== group)
    }
  }, [names])
}

const isField = (target: EventTarget | null): boolean =>
  target !== null &&
  "closest" in target &&
  (target as Element).closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") !==
    null

const nameOf = (event: KeyboardEvent): string => (event.ctrlKey || event.metaKey ? `Ctrl-${event.key}` : event.key)

const dispatch = (event: KeyboardEvent): void => {
  if (event.defaultPrevented || event.altKey || document.querySelector("dialog[open]") !== null) return
  const name = nameOf(event)
  if (!name.startsWith("Ctrl-") && isField(event.target)) return
  // A button that has the focus is pressed by it.
  if (name === "Enter" && document.activeElement?.matches("button, a, summary") === true) return
  const binding = bindings
    .peek()
    .flat()
    .findLast((one) => one.key === name)
  if (binding === undefined) return
  event.preventDefault()
  binding.run(event)
}

export const startKeys = (): void => addEventListener("keydown", dispatch)
