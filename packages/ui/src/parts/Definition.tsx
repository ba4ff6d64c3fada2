import type { ComponentChildren } from "preact"
import { useId } from "preact/hooks"

/** A name that opens what it means. */
export const Definition = ({
  name,
  title = name,
  children
}: {
  name: string
  /** Heads the explanation. */
  title?: string
  children: ComponentChildren
}) => {
  const id = useId()
  return (
    <>
      <button type="button" class="definition" popovertarget={id}>
        {name}
      </button>
      <div id={id} popover="auto" class="definition-text">
        <strong>{title}</strong>
        {children}
      </div>
    </>
  )
}
