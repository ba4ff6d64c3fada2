interface Choice<T extends string> {
  readonly value: T
  readonly label: string
}

/** A few choices side by side, one of them pressed. */
export const Segments = <T extends string>({
  label,
  choices,
  value,
  onChoose
}: {
  label: string
  choices: readonly Choice<T>[]
  value: T
  onChoose: (value: T) => void
}) => (
  <div class="segments" role="group" aria-label={label}>
    {choices.map((choice) => (
      <button
        type="button"
        key={choice.value}
        aria-pressed={choice.value === value}
        onClick={() => onChoose(choice.value)}
      >
        {choice.label}
      </button>
    ))}
  </div>
)
