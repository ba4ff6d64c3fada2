/** Rows of the most likely tokens, best first, `k` slots each; an id of -1 ends a row. */
interface TopRows {
  readonly k: number
  readonly ids: Int32Array
  readonly logprobs: Float64Array
}

/** What one position adds, and room for its probabilities: reused from position to position. */
export interface TopkKl {
  klLowerBound: number
  coverage: number
  scratch: Float64Array
}

export const makeTopkKl = (): TopkKl => ({ klLowerBound: 0, coverage: 0, scratch: new Float64Array(0) })

/**
 * The Kullback-Leibler part of `topkDivergence` for one position of two traces, without allocation: it runs once for
 * every token of a comparison. Rows start at `pFrom` and `qFrom`.
 */
export const topkKl = (p: TopRows, pFrom: number, q: TopRows, qFrom: number, into: TopkKl): void => {
  if (into.scratch.length < q.k) into.scratch = new Float64Array(q.k)
  const { scratch } = into
  let qLength = 0
  let qMass = 0
  for (; qLength < q.k && q.ids[qFrom + qLength] !== -1; qLength++) {
    const qi = Math.exp(q.logprobs[qFrom + qLength]!)
    scratch[qLength] = qi
    qMass += qi
  }
  let pMass = 0
  let pShared = 0
  let qShared = 0
  let weighted = 0
  for (let i = 0; i < p.k; i++) {
    const id = p.ids[pFrom + i]!
    if (id === -1) break
    const pLogprob = p.logprobs[pFrom + i]!
    const pi = Math.exp(pLogprob)
    pMass += pi
    const j = i < qLength && q.ids[qFrom + i] === id ? i : indexOf(q.ids, qFrom, qLength, id, i)
    if (j < 0 || pi === 0 || scratch[j] === 0) continue
    pShared += pi
    qShared += scratch[j]!
    weighted += pi * (pLogprob - q.logprobs[qFrom + j]!)
  }
  const pScale = Math.max(1, pMass)
  const qScale = Math.max(1, qMass)
  const pTail = Math.max(0, 1 - pShared / pScale)
  const qTail = Math.max(2 ** -24, 1 - qShared / qScale)
  const shared = (weighted + pShared * Math.log(qScale / pScale)) / pScale
  into.klLowerBound = Math.max(0, shared + (pTail === 0 ? 0 : pTail * Math.log(pTail / qTail)))
  into.coverage = 1 - pTail
}

/** Both rows are ordered best first, so an id is nearly always found beside its own rank. */
const indexOf = (ids: Int32Array, from: number, length: number, id: number, near: number): number => {
  for (let step = 0; near - step >= 0 || near + step < length; step++) {
    if (near + step < length && ids[from + near + step] === id) return near + step
    if (near - step >= 0 && near - step < length && ids[from + near - step] === id) return near - step
  }
  return -1
}
