import { copyText } from "../model/notice.ts"

/** A command line to copy. */
export const Command = ({ text, what = "Command" }: { text: string; what?: string }) => (
  <span class="command">
    <code tabIndex={0}>{text}</code>
    <button type="button" class="button small" onClick={() => void copyText(text, what)} aria-label={`Copy: ${what}`}>
      Copy
    </button>
  </span>
)
