import { jsonDifferences } from "../../compare/jsonDifferences.ts"
import type { CampaignRecord } from "../../domain/campaign.ts"
import type { Json, JsonObject } from "../../domain/json.ts"
import { StudioError } from "../StudioError.ts"
import { withoutSecrets } from "../withoutSecrets.ts"
import type { Side } from "./Side.ts"

/** What each backend is and how it is started and run, by name: what a campaign keeps of them. */
export const settingsOf = (sides: readonly Side[]): { readonly [backend: string]: JsonObject } =>
  Object.fromEntries(sides.map((side) => [side.backend.name, settingsOfOne(side)]))

/** Secrets come and go, and patience measures nothing. */
const settingsOfOne = ({ backend: { settings }, mode }: Side): JsonObject => {
  const { adapterMode: _, launch, ...own } = withoutSecrets(settings)
  return { ...own, ...(isObject(launch) && { launch: omit(launch, "ready_timeout") }), adapter_mode: mode }
}

/** That a backend is no longer what the campaign began with; null: each is. Of an old campaign nothing is known. */
export const changedSettings = ({ id, settings }: CampaignRecord, sides: readonly Side[]): StudioError | null => {
  const now = settingsOf(sides)
  for (const [name, was] of Object.entries(settings ?? {})) {
    const differences = jsonDifferences(name, [was, now[name] ?? {}])
    if (differences.length > 0) return changed(id, name, differences)
  }
  return null
}

const changed = (id: string, name: string, differences: ReturnType<typeof jsonDifferences>): StudioError => {
  const told = differences.map(
    ({ path, values: [was = null, is = null] }) => `${path.slice(name.length + 1)} was ${shown(was)}, is ${shown(is)}`
  )
  return new StudioError({
    code: "backend-changed",
    message: `The backend "${name}" has other settings than the campaign ${id} began with: ${told.join("; ")}.`,
    hint: "Set them back, in the config file or with --backend, or start a new campaign.",
    path: `backends.${differences[0]?.path ?? name}`
  })
}

const shown = (value: Json): string => (value === null ? "not set" : JSON.stringify(value))

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const omit = (from: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(from).filter(([key]) => key !== name))
