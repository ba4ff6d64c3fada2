import type { Command } from "commander"
import { collect } from "./globalOptions.ts"
import { UsageError } from "./output/reportError.ts"

/**
 * `--backend`, once or more, each with a name of its own. It is asked for once the flags are known to be flags: the
 * program's own check of what is required would come before that, and hide a mistyped flag.
 */
export const withBackends = (command: Command): Command =>
  command
    .option(
      "--backend <spec>",
      "NAME, NAME=URL, NAME=ADAPTER:URL or NAME=mock:SCENARIO; the first is the baseline",
      collect
    )
    .hook("preAction", (asked) => checkBackends(asked.opts().backend ?? []))

function checkBackends(specs: readonly string[]): void {
  const names = specs.map((spec) => spec.split("=", 1)[0])
  if (names.length === 0)
    throw new UsageError("A backend is needed: --backend.", "--backend jax=http://127.0.0.1:30000", {
      path: "backend"
    })
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw new UsageError(`The backend "${twice}" is named twice.`, `Give each its own name: ${twice}-2=…`, {
      code: "invalid-request",
      path: "backend"
    })
}
