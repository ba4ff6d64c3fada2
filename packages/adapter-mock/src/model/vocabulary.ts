import { hashText } from "./hash.ts"
import { words } from "./words.ts"

export const bos = 0
// 1 ends a text; nothing here generates it.
const firstByte = 2
const firstPiece = firstByte + 256

const utf8 = new TextEncoder()

const letters = [..."abcdefghijklmnopqrstuvwxyz"]
const marks = [...`.,;:!?'"()[]{}<>/\\|@#$%^&*-_=+~\``, "\n", "\n\n", ..."  |    |...|--|->|://|. |, ".split("|")]
const suffixes = "s ing ed er ly tion ment ness able est ful ous ive al ic 's n't".split(" ")
const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)

/** Pieces of text that are one token, most common first. */
const pieces: readonly string[] = [
  ...new Set([
    " ",
    ...marks.slice(0, 8),
    ...words.map((word) => ` ${word}`),
    ...marks,
    ...words,
    ...words.map((word) => ` ${capital(word)}`),
    ...words.map(capital),
    ...suffixes,
    ...Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0")),
    ...Array.from({ length: 10 }, (_, digit) => ` ${digit}`),
    ...letters.flatMap((first) => letters.map((second) => first + second)),
    ...letters,
    ...letters.map(capital),
    ..."0123456789"
  ])
]

const byteText = (byte: number): string => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`

/** Display text of every token, by id: specials, then the 256 bytes, then pieces. */
export const tokenTexts: readonly string[] = [
  "<s>",
  "</s>",
  ...Array.from({ length: 256 }, (_, byte) => byteText(byte)),
  ...pieces
]

export const vocabularySize = tokenTexts.length
/** Pieces are `[from, to)`; up to `wordsEnd` they are punctuation and words with their leading space, most common first. */
export const pieceIds = { from: firstPiece, wordsEnd: firstPiece + 9 + words.length, to: vocabularySize } as const

const pieceToId = new Map(pieces.map((piece, index) => [piece, firstPiece + index]))
const longestPiece = Math.max(...pieces.map((piece) => piece.length))

/**
 * Token ids of a text, without special tokens: the longest piece at each place, bytes where no piece fits, so every
 * text has ids and `detokenize` gives it back. `longest` caps the pieces, which makes another tokenizer of this one.
 */
export const tokenize = (text: string, longest: number = longestPiece): number[] => {
  const ids: number[] = []
  for (let at = 0; at < text.length;) {
    const piece = pieceAt(text, at, longest)
    if (piece === undefined) {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0xfffd)
      for (const byte of utf8.encode(character)) ids.push(firstByte + byte)
      at += character.length
    } else {
      ids.push(piece.id)
      at += piece.length
    }
  }
  return ids
}

const pieceAt = (text: string, at: number, longest: number): { id: number; length: number } | undefined => {
  for (let length = Math.min(longest, text.length - at); length > 0; length--) {
    const id = pieceToId.get(text.slice(at, at + length))
    if (id !== undefined) return { id, length }
  }
  return undefined
}

/** The text that ids stand for; special tokens are left out. */
export const detokenize = (ids: readonly number[]): string => {
  const bytes: number[] = []
  for (const id of ids) {
    if (id >= firstPiece) bytes.push(...utf8.encode(tokenTexts[id]))
    else if (id >= firstByte) bytes.push(id - firstByte)
  }
  return new TextDecoder().decode(Uint8Array.from(bytes))
}

/** Names a way to cut text: two backends that cut every piece of the vocabulary alike have the same hash. */
export const tokenizerHash = (cut: (text: string) => readonly number[]): string => {
  const known = hashes.get(cut) ?? hashCuts(cut)
  hashes.set(cut, known)
  return known
}

/** Every probe asks, and the vocabulary is large. */
const hashes = new WeakMap<(text: string) => readonly number[], string>()

const hashCuts = (cut: (text: string) => readonly number[]): string => {
  const cuts = pieces.map((piece) => `${piece}:${cut(piece).join()}`)
  return `mock:${(hashText(cuts.join("\n")) >>> 0).toString(16).padStart(8, "0")}`
}
