import type { AdapterMode } from "./StudioOptions.ts"

/** A backend as a config file writes it; the settings beside these belong to its adapter. */
export interface BackendSettings {
  readonly adapter: string
  readonly adapter_mode?: AdapterMode
  readonly [setting: string]: unknown
}

/** What `studio.config.ts` exports. */
export interface StudioConfig {
  /** Packages, or paths of modules, of adapters besides the three built in. */
  readonly adapters?: readonly string[]
  readonly backends?: { readonly [name: string]: BackendSettings }
}

/**
 * Gives a config file its types.
 *
 * @example
 * export default defineConfig({ backends: { fake: { adapter: "mock", scenario: "clean" } } })
 */
export const defineConfig = (config: StudioConfig): StudioConfig => config
