import type { Command } from "commander"

/** What every verb takes. */
export interface GlobalOptions {
  readonly json?: boolean
  readonly data?: string
  readonly config?: string
  readonly quiet?: boolean
  readonly color: boolean
}

export const withGlobalOptions = (command: Command): Command =>
  command
    .option("--json", "print exactly one JSON document on stdout")
    .option("--data <dir>", "data folder (default: STUDIO_HOME, else the nearest .studio/)")
    .option("--config <file>", "config file (default: the nearest studio.config.{yaml,json,ts,mjs})")
    .option("--quiet", "no progress on stderr")
    .option("--no-color", "plain text")

/** Repeatable option. */
export const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value]
