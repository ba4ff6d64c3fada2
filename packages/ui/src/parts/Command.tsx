import { Fragment } from "preact"
import { copyText } from "../model/notice.ts"

/** A command line to copy; a line ends before an option rather than within one. */
export const Command = ({ text, what = "Command" }: { text: string; what?: string }) => (
  <span class="command">
    <code tabIndex={0}>
      {text.split(/ (?=--)/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && " "}
          <span>{part}</span>
        </Fragment>
      ))}
    </code>
    <button type="button" class="button small" onClick={() => void copyText(text, what)} aria-label={`Copy: ${what}`}>
      Copy
    </button>
  </span>
)
