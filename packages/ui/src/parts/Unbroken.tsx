/** A text in which no line ends within a number such as `1.2e-6`. */
export const Unbroken = ({ text }: { text: string }) => (
  <>
    {text.split(/(\d[\d.]*e-\d+)/).map((part, index) =>
      index % 2 === 0 ? (
        part
      ) : (
        <span key={index} class="nowrap">
          {part}
        </span>
      )
    )}
  </>
)
