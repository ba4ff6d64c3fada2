/** The most likely tokens at one position: `length` entries of two columns from `from` on. */
export interface TopK {
  readonly ids: Int32Array
  readonly logprobs: Float64Array
  readonly from: number
  readonly length: number
}

/** What two top-k lists prove about the distributions P and Q behind them. */
export interface TopKDivergence {
  /** Token ids on both lists. */
  shared: number
  /** Lower bounds in nats (KL, JS) or probability (TV); no upper bound follows from a top-k list. */
  klLowerBound: number
  tvLowerBound: number
  jsLowerBound: number
  /** Mass of P and Q outside the shared ids. */
  pTail: number
  qTail: number
  /** By how much a list's mass exceeds 1 (coarse number formats); it is scaled back to 1. */
  massOverOne: number
  pMassOutsideQ: number
}

/** A tail below this is rounding, not evidence that Q excludes what P allows. */
const smallestTail = 2 ** -24

/** Lower bounds by the log-sum inequality: the shared ids, and one bucket for everything else. */
export const topkDivergence = (p: TopK, q: TopK): TopKDivergence => {
  const pMass = mass(p)
  const qMass = mass(q)
  const pScale = pMass > 1 ? 1 / pMass : 1
  const qScale = qMass > 1 ? 1 / qMass : 1
  const pLeast = least(p) * pScale
  const qLeast = least(q) * qScale

  let shared = 0
  let pShared = 0
  let qShared = 0
  let kl = 0
  let js = 0
  let absolute = 0
  let pExcess = 0
  let qExcess = 0
  let pMassOutsideQ = 0
  for (let i = 0; i < p.length; i++) {
    const pi = Math.exp(p.logprobs[p.from + i]!) * pScale
    const j = indexOf(q, p.ids[p.from + i]!, i)
    // Calling a listed token impossible says no more of it than leaving it out: its mass is in the tail.
    if (j < 0 || pi === 0 || q.logprobs[q.from + j] === -Infinity) {
      pMassOutsideQ += pi
      pExcess += Math.max(0, pi - qLeast)
      continue
    }
    const qi = Math.exp(q.logprobs[q.from + j]!) * qScale
    shared++
    pShared += pi
    qShared += qi
    absolute += Math.abs(pi - qi)
    pExcess += Math.max(0, pi - qi)
    qExcess += Math.max(0, qi - pi)
    kl += relative(pi, qi)
    js += jensenShannon(pi, qi)
  }
  for (let j = 0; j < q.length; j++) {
    if (indexOf(p, q.ids[q.from + j]!, j) < 0)
      qExcess += Math.max(0, Math.exp(q.logprobs[q.from + j]!) * qScale - pLeast)
  }
  const pTail = Math.max(0, 1 - pShared)
  const qTail = Math.max(0, 1 - qShared)
  return {
    shared,
    klLowerBound: Math.max(0, kl + relative(pTail, Math.max(qTail, smallestTail))),
    tvLowerBound: Math.max((absolute + Math.abs(pTail - qTail)) / 2, pExcess, qExcess),
    jsLowerBound: Math.max(0, js + jensenShannon(pTail, qTail)),
    pTail,
    qTail,
    massOverOne: Math.max(0, pMass - 1, qMass - 1),
    pMassOutsideQ
  }
}

const relative = (p: number, q: number): number => (p === 0 ? 0 : p * Math.log(p / q))

const jensenShannon = (p: number, q: number): number => {
  const middle = (p + q) / 2
  return (relative(p, middle) + relative(q, middle)) / 2
}

const mass = ({ logprobs, from, length }: TopK): number => {
  let sum = 0
  for (let i = from; i < from + length; i++) sum += Math.exp(logprobs[i]!)
  return sum
}

const least = ({ logprobs, from, length }: TopK): number => {
  let low = Infinity
  for (let i = from; i < from + length; i++) low = Math.min(low, logprobs[i]!)
  return length === 0 ? 0 : Math.exp(low)
}

/** Both lists are ordered best first, so an id is nearly always found at or beside its own rank. */
const indexOf = ({ ids, from, length }: TopK, id: number, near: number): number => {
  for (let step = 0; near - step >= 0 || near + step < length; step++) {
    if (near + step < length && ids[from + near + step] === id) return near + step
    if (near - step >= 0 && near - step < length && ids[from + near - step] === id) return near - step
  }
  return -1
}
