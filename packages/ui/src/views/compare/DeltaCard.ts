import type { Comparison, Outcome } from "@sglang-studio/core/domain"

/** One figure of a comparison, ready to show. */
export interface DeltaCard {
  /** As the dictionary knows it. */
  readonly name: string
  readonly label: string
  /** Index of the candidate whose figure it is, where there are several. */
  readonly arm: number | null
  readonly value: string
  readonly exact: string
  readonly remark: { readonly text: string; readonly tone: "good" | "bad" | "plain" } | null
  /** On a scale of 0..1. */
  readonly plot: {
    readonly value: number
    readonly interval: readonly [number, number] | null
    /** What is tolerated; null where no gate says so. */
    readonly band: readonly [number, number] | null
    readonly zero: number | null
    /** Null where no gate judges it. */
    readonly tone: Outcome | null
  } | null
  /** So many of so few: drawn one by one instead. */
  readonly strip: { readonly bad: number; readonly total: number } | null
  /** Values of the arms, or what else is said of the figure. */
  readonly foot: { readonly arms: readonly (number | null)[]; readonly unit: string } | string
}

/** The candidate that a figure is of, to be named where there are several. */
export const armOf = ({ arms }: Comparison, isIt: (label: string, index: number) => boolean): number | null => {
  const at = arms.length < 3 ? -1 : arms.findIndex(({ label }, index) => index > 0 && isIt(label, index))
  return at < 0 ? null : at
}
