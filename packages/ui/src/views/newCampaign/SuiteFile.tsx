/** Takes the text of a suite file. */
export const SuiteFile = ({ onText }: { onText: (text: string) => void }) => (
  <label class="button small file-button">
    Open a file
    <input
      class="visually-hidden"
      type="file"
      accept=".yaml,.yml,.json"
      onChange={(event) => {
        const input = event.currentTarget
        void input.files?.[0]?.text().then((text) => {
          input.value = ""
          onText(text)
        })
      }}
    />
  </label>
)
