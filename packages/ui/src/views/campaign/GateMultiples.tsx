import type { Campaign } from "@sglang-studio/core/domain"
import { setQuery } from "../../shell/router.ts"
import { chooseLens, lensChoices, matrixOf, type Lens } from "./matrix.ts"
import { MatrixTable } from "./MatrixTable.tsx"

/** Every gate over the whole matrix, small and side by side: where they fare alike, and where one stands out. */
export const GateMultiples = ({ campaign, lens }: { campaign: Campaign; lens: Lens }) => (
  <div class="multiples">
    {lensChoices(campaign).gates.map((gate) => {
      const own = chooseLens(campaign, { ...lens, gate })
      return (
        <section key={gate} aria-label={gate}>
          <h3>
            <button type="button" class="link" onClick={() => setQuery({ gate, every: null }, "push")}>
              {gate}
            </button>
          </h3>
          <MatrixTable campaign={campaign} lens={own} matrix={matrixOf(campaign, own)} show="delta" small />
        </section>
      )
    })}
  </div>
)
