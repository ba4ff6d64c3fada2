import type { Adapter } from "../adapter/Adapter.ts"

export type AdapterMode = "auto" | "bench" | "mock"

/** A backend as configured: which adapter, and the adapter's own settings. */
export interface BackendConfig {
  readonly adapter: string
  readonly adapterMode?: AdapterMode
  readonly [setting: string]: unknown
}

export interface StudioOptions {
  /** Data folder, or `":memory:"` for a private one that is removed on close. */
  readonly data: string
  readonly adapters: readonly Adapter[]
  readonly backends?: { readonly [name: string]: BackendConfig }
  /** Name of the adapter that answers benchmarks in modes `mock` and `auto` (fallback). None: no fallback. */
  readonly fallback?: string
  /** Environment for mode variables and child processes; default `process.env`. */
  readonly env?: { readonly [name: string]: string | undefined }
  /** Runs at once on one backend; default 1, so that measurements do not disturb each other. */
  readonly concurrencyPerBackend?: number
}
