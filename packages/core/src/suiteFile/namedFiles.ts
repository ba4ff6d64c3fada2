import type { SuiteFile } from "./SuiteFile.ts"

/** The text of a file that a suite names, or why it cannot be had. */
export type NamedFile = { readonly text: string } | { readonly problem: string }

/** A file that a suite names, as it is written, and where. */
export interface FileMention {
  readonly path: string
  readonly file: string
}

/** Every file that a suite names. */
export const filesNamedIn = ({ cases }: SuiteFile): readonly FileMention[] =>
  cases.flatMap(({ score, generate }, index) =>
    Object.entries({
      "score.query_file": score?.query_file,
      "score.items_file": score?.items_file,
      "generate.prompts_file": generate?.prompts_file
    }).flatMap(([path, file]) => (file === undefined ? [] : [{ path: `cases.${index}.${path}`, file }]))
  )
