const marks: readonly (readonly [RegExp, string])[] = [
  [/\n/g, "\u21b5"],
  [/\t/g, "\u21e5"],
  [/^ /, "\u00b7"]
]

/** A token with its invisible characters made visible; an unnamed token shows its id. */
export const tokenText = (text: string | null | undefined, id: number): string =>
  text === null || text === undefined
    ? `#${id}`
    : text === ""
      ? "\u2205"
      : marks.reduce((out, [from, to]) => out.replace(from, to), text)

/** The same in running text: spaces stay spaces. */
export const ribbonText = (text: string | null, id: number): string =>
  text === null ? `#${id} ` : text.replace(/\n/g, "\u21b5").replace(/\t/g, "\u21e5")
