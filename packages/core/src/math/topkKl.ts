/**
 * The Kullback-Leibler part of `topkDivergence` for one position of two traces, without allocation: it runs once for
 * every token of a comparison. Rows start at `pFrom` and `qFrom`; an id of -1 ends a row.
 */
export const topkKl = (
  p: { readonly k: number; readonly ids: Int32Array; readonly logprobs: Float64Array },
  pFrom: number,
  q: { readonly k: number; readonly ids: Int32Array; readonly logprobs: Float64Array },
  qFrom: number,
  into: { klLowerBound: number; coverage: number }
): void => {
  const { ids: pIds, logprobs: pLogprobs } = p
  const { ids: qIds, logprobs: qLogprobs } = q
  let qLength = 0
  let pMass = 0
  let qMass = 0
  let pShared = 0
  let qShared = 0
  let weighted = 0
  while (qLength < q.k && qIds[qFrom + qLength] !== -1) qMass += Math.exp(qLogprobs[qFrom + qLength++]!)
  for (let i = 0; i < p.k; i++) {
    const id = pIds[pFrom + i]!
    if (id === -1) break
    const pLogprob = pLogprobs[pFrom + i]!
    const pi = Math.exp(pLogprob)
    pMass += pi
    const j = indexOf(qIds, qFrom, qLength, id, i)
    if (j < 0 || pi === 0) continue
    pShared += pi
    qShared += Math.exp(qLogprobs[qFrom + j]!)
    weighted += pi * (pLogprob - qLogprobs[qFrom + j]!)
  }
  const pScale = Math.max(1, pMass)
  const qScale = Math.max(1, qMass)
  const pTail = Math.max(0, 1 - pShared / pScale)
  const qTail = Math.max(2 ** -24, 1 - qShared / qScale)
  const shared = (weighted + pShared * Math.log(qScale / pScale)) / pScale
  into.klLowerBound = Math.max(0, shared + (pTail === 0 ? 0 : pTail * Math.log(pTail / qTail)))
  into.coverage = 1 - pTail
}

/** Both rows are ordered best first, so an id is nearly always found at or beside its own rank. */
const indexOf = (ids: Int32Array, from: number, length: number, id: number, near: number): number => {
  for (let step = 0; near - step >= 0 || near + step < length; step++) {
    if (near + step < length && ids[from + near + step] === id) return near + step
    if (near - step >= 0 && near - step < length && ids[from + near - step] === id) return near - step
  }
  return -1
}
