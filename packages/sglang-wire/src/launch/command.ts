import { AdapterError, type LaunchRecipe } from "@sglang-studio/core/adapter"
import type { Json } from "@sglang-studio/core/domain"
import { flagWords, type ProgramCommand } from "../bench/command.ts"
import type { SglangConfig } from "../config.ts"

/** The command line of an engine's server. Flags of the recipe win over ours, except the address. */
export const launchCommand = (
  module: string,
  config: SglangConfig,
  python: string,
  { args, env }: LaunchRecipe
): ProgramCommand => {
  const given = Object.fromEntries(Object.entries(args).map(([name, value]) => [name.replaceAll("_", "-"), value]))
  const { hostname, port } = new URL(config.url)
  if (given["model-path"] === undefined && given["model"] === undefined && config.model === undefined) {
    throw new AdapterError({
      reason: "invalid-request",
      message: `There is no model to start ${module} with.`,
      hint: "Set `model` of this backend to the folder or name of a model."
    })
  }
  const address = { host: hostname.replace(/^\[|\]$/g, ""), port: port === "" ? 80 : Number(port) }
  for (const [name, value] of Object.entries(address)) {
    if (given[name] !== undefined && given[name] !== value) {
      throw new AdapterError({
        reason: "invalid-request",
        message: `launch.args.${name}: ${JSON.stringify(given[name])} is not that of the backend's url ${config.url}.`,
        hint: "Leave it out: the server listens where the backend's `url` says."
      })
    }
  }
  const flags: { readonly [name: string]: Json } = {
    ...(given["model"] === undefined && config.model !== undefined ? { "model-path": config.model } : {}),
    ...(config.tokenizer === undefined ? {} : { "tokenizer-path": config.tokenizer }),
    ...(config.api_key === undefined ? {} : { "api-key": config.api_key }),
    ...given,
    ...address
  }
  return {
    argv: [python, "-m", module, ...Object.entries(flags).flatMap(flagWords)],
    env: { PYTHONUNBUFFERED: "1", ...(config.source === undefined ? {} : { PYTHONPATH: config.source }), ...env }
  }
}
