/** Which bytes of a file a `Range` header asks for; both ends included. */
export type ByteRange =
  | { readonly kind: "whole" }
  | { readonly kind: "part"; readonly start: number; readonly end: number }
  | { readonly kind: "unsatisfiable" }

/** Several ranges at once, and anything that is not understood, are answered with the whole file, as RFC 9110 allows. */
export const byteRange = (header: string | undefined, size: number): ByteRange => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "")
  const [, first = "", last = ""] = match ?? []
  if (match === null || (first === "" && last === "")) return { kind: "whole" }
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1)
  if (first !== "" && last !== "" && Number(last) < start) return { kind: "whole" }
  return start <= end ? { kind: "part", start, end } : { kind: "unsatisfiable" }
}
