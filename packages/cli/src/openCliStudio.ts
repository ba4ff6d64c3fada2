import { openStudio, type Studio } from "@sglang-studio/core"
import { loadConfig } from "./config.ts"
import { shield } from "./crashes.ts"
import { dataDir } from "./dataDir.ts"
import type { GlobalOptions } from "./globalOptions.ts"
import { loadAdapters } from "./loadAdapters.ts"

/** Opens the studio that a command line means: its data folder, its config, its adapters. */
export async function openCliStudio(options: GlobalOptions): Promise<Studio> {
  const config = await loadConfig(options.config, process.cwd())
  return shield(
    await openStudio({
      data: dataDir(options.data, process.cwd(), process.env),
      adapters: await loadAdapters(config),
      backends: config.backends,
      fallback: "mock"
    })
  )
}
