import type { InputOf, Routes } from "@sglang-studio/core/contract"
import { api } from "../api/client.ts"
import { loaded, type Loaded } from "./load.ts"

type Baselines = Awaited<ReturnType<typeof api.listBaselines>>
type Waivers = Awaited<ReturnType<typeof api.listWaivers>>

let inUse: Loaded<Baselines> | null = null

/** The stored baselines that are in use, the newest first; fetched when they are first asked for. */
export const baselines = (): Loaded<Baselines> => (inUse ??= loaded(() => api.listBaselines()))

export interface Promotion {
  readonly backend: string
  readonly name: string
  readonly reason: string
  readonly author: string
  /** Takes runs that a mock made, too. */
  readonly allowMock: boolean
}

/** Makes the runs of a campaign what later ones are compared with. Returns how many cells that is. */
export const promoteBaseline = async (campaign: string, promotion: Promotion): Promise<number> => {
  const { items } = await api.promoteBaseline({ campaign, ...promotion })
  void inUse?.refresh()
  return items.length
}

const ofSuite = new Map<string, Loaded<Waivers>>()

/** What is excused in a suite, expired waivers among them. */
export const waivers = (suite: string): Loaded<Waivers> => {
  const known = ofSuite.get(suite) ?? loaded(() => api.listWaivers({ suite }))
  ofSuite.set(suite, known)
  return known
}

/** Excuses a gate; `until` is a day or a time. */
export const waiveGate = async (waiver: InputOf<Routes["waiveGate"]>): Promise<void> => {
  await api.waiveGate(waiver)
  await waivers(waiver.suite).refresh()
}
