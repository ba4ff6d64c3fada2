import type { ParityLevel } from "@sglang-studio/core/domain"
import { prose } from "../../base/prose.ts"
import { Badge } from "../../parts/Badge.tsx"
import { Unbroken } from "../../parts/Unbroken.tsx"
import "./checks.css"

const meanings: Readonly<Record<ParityLevel["level"], string>> = {
  L0: "the same text becomes the same token ids",
  L1: "the same ids get the same logprobs",
  L2: "what one side writes is as likely to the other",
  L3: "greedy outputs are equal, or part at near ties",
  L4: "scores agree, together and one by one"
}

/** The rungs of the parity protocol, each with its outcome and why. */
export const Levels = ({ levels }: { levels: readonly ParityLevel[] }) => (
  <ol class="levels" aria-label="Levels of the parity protocol">
    {levels.map(({ level, outcome, reason }) => (
      <li key={level}>
        <span class="spread">
          <strong>{level}</strong>
          <Badge kind={outcome} />
        </span>
        <span class="muted small-text">{meanings[level]}</span>
        <span class="small-text level-reason">
          <Unbroken text={prose(reason)} />
        </span>
      </li>
    ))}
  </ol>
)
