import type { Json } from "../domain/json.ts"

/**
 * A backend as the config file writes it, with its name; the adapter's own settings stand beside. Without an adapter
 * the server at `url` is asked what it is.
 */
export interface NewBackend {
  readonly name: string
  readonly adapter?: string
  readonly adapter_mode?: "auto" | "bench" | "mock"
  readonly url?: string
  readonly [setting: string]: Json | undefined
}
