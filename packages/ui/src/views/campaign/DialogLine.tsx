interface DialogLineProps {
  readonly name: string
  readonly value: string
  readonly placeholder?: string
  readonly type?: "date"
  readonly onInput: (value: string) => void
}

/** A named field of a dialog. */
export const DialogLine = ({ name, value, onInput, ...rest }: DialogLineProps) => (
  <label>
    <span class="muted">{name}</span>
    <input class="field" value={value} {...rest} onInput={(event) => onInput(event.currentTarget.value)} />
  </label>
)
