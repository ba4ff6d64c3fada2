/** The colour of an arm, everywhere: baseline blue, candidate orange, then teal and violet. */
export type Side = "left" | "right" | "third" | "fourth"

const sides: readonly Side[] = ["left", "right", "third", "fourth"]

export const sideOf = (arm: number): Side => sides[Math.min(arm, sides.length - 1)] ?? "fourth"
