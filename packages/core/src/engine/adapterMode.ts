import type { AdapterMode } from "./StudioOptions.ts"
import { StudioError } from "./StudioError.ts"

const adapterModes = ["auto", "bench", "mock"] as const satisfies readonly AdapterMode[]

/** `sglang-jax` reads `STUDIO_SGLANG_JAX_ADAPTER_MODE`. */
export const modeVariable = (adapter: string): string =>
  `STUDIO_${adapter.toUpperCase().replace(/[^A-Z0-9]+/gu, "_")}_ADAPTER_MODE`

interface ModeSources {
  readonly adapter: string
  readonly submitted: unknown
  /** The backend's own setting. */
  readonly configured: unknown
  readonly env: { readonly [name: string]: string | undefined }
}

/** The mode that a run is executed in: the first of its own, its backend's, the environment's; else `auto`. */
export const adapterMode = ({ adapter, submitted, configured, env }: ModeSources): AdapterMode => {
  const variable = modeVariable(adapter)
  const inEnv = env[variable]
  return (
    read("adapter_mode", submitted) ??
    read("adapter_mode of the backend", configured) ??
    read(variable, inEnv === "" ? undefined : inEnv) ??
    "auto"
  )
}

/** Throws `StudioError` `invalid-adapter-mode`, which names the source, the value and what is allowed. */
const read = (source: string, value: unknown): AdapterMode | undefined => {
  if (value === undefined || value === null) return undefined
  const mode = adapterModes.find((name) => name === value)
  if (mode !== undefined) return mode
  throw new StudioError({
    code: "invalid-adapter-mode",
    message: `${source} is ${JSON.stringify(value)}, which is no adapter mode.`,
    hint: `Allowed are ${adapterModes.join(", ")}.`,
    path: source.split(" ")[0]
  })
}
