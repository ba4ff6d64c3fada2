import type { Draw } from "./Draw.ts"

const words = (text: string): readonly string[] => text.trim().split(/\s+/u)

const openers = words("The A This Every Our Some My Your No Another")
const things = words(
  `ferry invoice garden server winter letter bridge recipe train student river budget lamp orchestra ticket window
   engine harbour village committee compiler meadow passport kettle lighthouse ledger blackbird contract`
)
const qualities = words("old small bright late quiet broken northern careful red empty slow friendly second useful")
const doings = words("waits arrives changes stops grows returns fails works turns sings moves begins breaks answers")
const places = words("town kitchen station library market office valley school yard hotel museum field")
const joints = [", and", ", but", ", because", "; still", ", so", " when", " while", ", although"]
const odd = ["42 %", "№ 7", "naïve café", "user_id=3", "10:45", "(see below)", "ÄÖÜ", "#1f2e3d", "C++", "e.g.", "“so”"]

const clause = (draw: Draw): string => {
  const end = draw.pick([
    ` in the ${draw.pick(places)}`,
    ` near ${draw.whole(2, 900)} ${draw.pick(things)}s`,
    ` for the ${draw.pick(qualities)} ${draw.pick(things)}`,
    ` ${draw.pick(odd)}`,
    ""
  ])
  return `${draw.pick(openers)} ${draw.pick(qualities)} ${draw.pick(things)} ${draw.pick(doings)}${end}`
}

/** English enough, with what trips tokenizers now and then; about so many words. */
export const text = (draw: Draw, length: number): string => {
  let said = clause(draw)
  while (words(said).length < length) {
    const next = clause(draw)
    said +=
      draw.whole(0, 1) === 0 ? `. ${next}` : draw.pick(joints) + ` ${next.charAt(0).toLowerCase()}${next.slice(1)}`
  }
  return said
}
