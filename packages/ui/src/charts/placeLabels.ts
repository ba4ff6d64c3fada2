/** A place on a canvas. */
export interface Spot {
  readonly left: number
  readonly top: number
}

export interface Box extends Spot {
  readonly width: number
  readonly height: number
}

interface Drawing {
  /** Middles of dots; a label keeps clear of every one by `clear`. */
  readonly dots: readonly Spot[]
  /** Ends of lines, crossed only where nothing else is free. */
  readonly lines: readonly (readonly [Spot, Spot])[]
  /** Nothing is written beyond. */
  readonly frame: Box
  readonly clear: number
}

/** A text's size and the dot that it belongs to. */
interface Label {
  readonly at: Spot
  readonly width: number
  readonly height: number
}

/** Above first, the side that curves of latency leave free before the other. */
const directions = [
  [-1, -1],
  [0, -1],
  [1, -1],
  [1, 1],
  [0, 1],
  [-1, 1],
  [1, 0],
  [-1, 0]
] as const

/**
 * Where each label is written, close to its dot and touching no dot and no other label. Null: there is no such place,
 * and the label is left out.
 */
export const placeLabels = (labels: readonly Label[], drawing: Drawing): readonly (Box | null)[] => {
  const placed: Box[] = []
  return labels.map((label) => {
    const free = candidates(label, drawing.clear).filter((box) => isFree(box, placed, drawing))
    const crossings = (box: Box) => drawing.lines.filter((line) => crosses(line, box)).length
    const [best] = free.toSorted((a, b) => crossings(a) - crossings(b))
    if (best !== undefined) placed.push(best)
    return best ?? null
  })
}

/** The nearest first. */
const candidates = ({ at, width, height }: Label, clear: number): readonly Box[] =>
  [1, 1.8, 3].flatMap((far) =>
    directions.map(([x, y]) => ({
      left: at.left + x * (clear * far * (y === 0 ? 1 : 0.5) + width / 2) - width / 2,
      top: at.top + y * (clear * far + height / 2) - height / 2,
      width,
      height
    }))
  )

const isFree = (box: Box, placed: readonly Box[], { dots, frame, clear }: Drawing): boolean =>
  box.left >= frame.left &&
  box.top >= frame.top &&
  box.left + box.width <= frame.left + frame.width &&
  box.top + box.height <= frame.top + frame.height &&
  dots.every((dot) => distance(dot, box) >= clear * 0.9) &&
  placed.every((other) => !overlap(box, other))

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height

/** From a dot's middle to the nearest point of a box. */
export const distance = ({ left, top }: Spot, box: Box): number =>
  Math.hypot(
    Math.max(box.left - left, 0, left - box.left - box.width),
    Math.max(box.top - top, 0, top - box.top - box.height)
  )

/** Whether any part of a line lies in a box: what is left of it after each side has cut (Liang and Barsky). */
const crosses = ([from, to]: readonly [Spot, Spot], box: Box): boolean => {
  const [dx, dy] = [to.left - from.left, to.top - from.top]
  let [enter, leave] = [0, 1]
  for (const [step, room] of [
    [-dx, from.left - box.left],
    [dx, box.left + box.width - from.left],
    [-dy, from.top - box.top],
    [dy, box.top + box.height - from.top]
  ] as const) {
    if (step === 0 && room < 0) return false
    if (step < 0) enter = Math.max(enter, room / step)
    if (step > 0) leave = Math.min(leave, room / step)
  }
  return enter <= leave
}
