import { expect, test } from "vitest"
import { arm, generateRequest, run, trace } from "../../../test/support/arms.ts"
import { compareArms } from "../../gate/compareArms.ts"

/** Forty prompts of ten tokens, each the best of two; at one place the best two are as good as equal. */
const side = (label: string, best: number, gap: number, elsewhere = 0) =>
  arm(
    label,
    ...Array.from({ length: 40 }, (_, prompt) => {
      const ids = Array.from({ length: 10 }, (__, position) => 100 + position)
      const at = (position: number): readonly (readonly [number, number])[] =>
        prompt === 3 && position === 5
          ? [
              [best, -0.7 + gap / 2],
              [best === 105 ? 7 : 105, -0.7 - gap / 2]
            ]
          : [
              [100 + position, -0.5123 + (prompt === 8 && position === 2 ? elsewhere : 0)],
              [7, -2.0457]
            ]
      const top = ids.map((_id, position) => (position === 0 ? [] : at(position)))
      const logprobs = ids.map((id, position) => top[position]!.find(([token]) => token === id)?.[1] ?? null)
      return {
        run: run(`${label}-${prompt}`, generateRequest({ prompt: `p${prompt}` })),
        traces: [trace({ ids, logprobs, top })]
      }
    })
  )

test.each([
  ["change places within a tie", side("b", 7, 0.008), "near-tie"],
  ["change places beyond a tie", side("b", 7, 0.03), "unexplained"],
  ["change places, while another token is off", side("b", 7, 0.008, 0.004), "unexplained"],
  ["only come closer", side("b", 105, 0.001), "unexplained"]
])("two best tokens that %s", (_, other, cause) => {
  const { divergences } = compareArms([side("a", 105, 0.008), other])
  expect(divergences[0]?.cause).toBe(cause)
})
