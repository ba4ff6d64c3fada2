/** The entrypoints that the engines bring themselves. */
export const ownEntrypoints = ["serving", "one-batch-server", "offline-throughput", "one-batch"] as const

export type OwnEntrypoint = (typeof ownEntrypoints)[number]

export const isOwnEntrypoint = (name: string): name is OwnEntrypoint => ownEntrypoints.some((own) => own === name)

type Modules = readonly [string, ...string[]]

/** What of the programs is an engine's own. */
export interface Programs {
  /** Names of each program, newest first. Where there are several, the first that the installed engine has is run. */
  readonly modules: { readonly [E in OwnEntrypoint]: Modules }
  /** The engine's server. */
  readonly server: string
  /** `--backend` of the serving benchmark for the engine's own /generate. */
  readonly servingBackend: string
  /** Flag by which the one-batch-server benchmark is given a tokenizer; null: it asks the server. */
  readonly tokenizerFlag: string | null
  /** Environment of the programs that are clients only. */
  readonly clientEnv: { readonly [name: string]: string }
}

/** The name that a command line for another machine had best use: the oldest is known longest. */
export const oldestName = (modules: Modules): string => modules.at(-1) ?? modules[0]
