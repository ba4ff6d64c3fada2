/** One thing that is wrong with a suite; `path` is dotted, in the names of the file, and empty for the whole. */
export interface Problem {
  readonly path: string
  readonly message: string
}
