import { Modal } from "../parts/Modal.tsx"
import { bindings } from "./keys.ts"
import { closeOverlay } from "./overlay.ts"

const shown: Readonly<Record<string, string>> = {
  ArrowDown: "\u2193",
  ArrowUp: "\u2191",
  "Ctrl-k": "Ctrl K",
  "Ctrl-Enter": "Ctrl \u21b5",
  Enter: "\u21b5"
}

/** Every key that does something on this page. */
export const Help = () => (
  <Modal label="Keys" onClose={() => closeOverlay("help")}>
    <div class="dialog-head">Keys on this page</div>
    <dl class="help-keys">
      {bindings.value
        .toReversed()
        .flat()
        .map((binding) => (
          <>
            <dt>
              <kbd>{shown[binding.key] ?? binding.key}</kbd>
            </dt>
            <dd>{binding.does}</dd>
          </>
        ))}
    </dl>
  </Modal>
)
