import type { ComponentChildren } from "preact"
import { useRef } from "preact/hooks"
import { useFocusBack } from "./focusBack.ts"

/** A dialog over the page; Escape and a click beside it close it. */
export const Modal = ({
  label,
  onClose,
  children
}: {
  label: string
  onClose: () => void
  children: ComponentChildren
}) => {
  const dialog = useRef<HTMLDialogElement>(null)
  useFocusBack(() => dialog.current?.showModal())
  return (
    <dialog
      ref={dialog}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close()
      }}
    >
      {children}
    </dialog>
  )
}
