/** A method as the vector files call it: the input and output shapes are the file's. */
export type Method = (input: unknown) => unknown

/** Takes a vector's input for what the method expects; a wrong shape fails the case. */
export const method =
  <I>(run: (input: I) => unknown): Method =>
  (input) =>
    run(input as I)
