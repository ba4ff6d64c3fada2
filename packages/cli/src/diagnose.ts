import { isStudioError, openStudio } from "@sglang-studio/core"
import type { Config } from "./config.ts"
import { dataDir } from "./dataDir.ts"
import type { GlobalOptions } from "./globalOptions.ts"
import { loadAdapters } from "./loadAdapters.ts"

export interface Diagnosis {
  readonly severity: "ok" | "warning" | "error"
  readonly what: string
  readonly fix: string | null
}

/** Looks at everything a run would need, without running one. */
export async function diagnose(config: Config, flags: GlobalOptions): Promise<readonly Diagnosis[]> {
  const data = dataDir(flags.data, process.cwd(), process.env)
  const machine: readonly Diagnosis[] = [
    { severity: "ok", what: `Node ${process.versions.node}`, fix: null },
    config.file === null
      ? {
          severity: "warning",
          what: "No config file: backends are named on each command line.",
          fix: "Write studio.config.yaml; docs/configuration.md shows one."
        }
      : { severity: "ok", what: `Config ${config.file}`, fix: null }
  ]
  try {
    await using studio = await openStudio({
      data,
      adapters: await loadAdapters(config),
      backends: config.backends,
      fallback: "mock"
    })
    const { runs, sizeBytes } = await studio.status()
    const listed = await studio.backends.list()
    const probed = await Promise.all(listed.map(({ name }) => studio.backends.probe(name)))
    return [
      ...machine,
      { severity: "ok", what: `Data ${data}: ${runs} runs, ${Math.round(sizeBytes / 1024)} KiB`, fix: null },
      ...probed.map(({ name, url, probe }): Diagnosis => {
        if (probe?.reachable && probe.fingerprint !== null)
          return { severity: "ok", what: `${name}: ${probe.server}`, fix: null }
        if (probe?.reachable)
          return {
            severity: "warning",
            what: `${name}: ${probe.server}`,
            fix: "Check the url and the adapter of this backend."
          }
        return {
          severity: "warning",
          what: `${name}: ${probe?.server ?? "no answer"}`,
          fix: `Start the server${url === null ? "" : ` at ${url}`}, or correct its url.`
        }
      })
    ]
  } catch (error) {
    if (!isStudioError(error)) throw error
    return [...machine, { severity: "error", what: error.message, fix: error.hint }]
  }
}
