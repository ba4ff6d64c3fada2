/**
 * What a comparison must hold, as a suite declares it. Shares are ratios here: `5%` in a file is 0.05.
 *
 * - `maxRegression`: how much worse than the baseline a metric may be, whichever direction is worse for it.
 * - `max`: the most that the candidate's own value may be, in the metric's unit.
 * - `parity`: token logprobs (`tolerance` in nats), or scores; without a limit the tolerance of the comparison holds.
 */
export type GateRule =
  | { readonly name: string; readonly metric: string; readonly maxRegression: number }
  | { readonly name: string; readonly metric: string; readonly max: number }
  | { readonly name: string; readonly parity: "token"; readonly tolerance?: number }
  | {
      readonly name: string
      readonly parity: "score"
      readonly maxAbsDelta?: number
      readonly maxRankFlips?: number
    }
