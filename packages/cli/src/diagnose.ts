import { isStudioError, openStudio } from "@sglang-studio/core"
import type { BackendInfo } from "@sglang-studio/core/domain"
import { count } from "@sglang-studio/core/gate"
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
      { severity: "ok", what: `Data ${data}: ${count(runs, "run")}, ${Math.round(sizeBytes / 1024)} KiB`, fix: null },
      ...probed.map(diagnoseBackend)
    ]
  } catch (error) {
    if (!isStudioError(error)) throw error
    return [...machine, { severity: "error", what: error.message, fix: error.hint }]
  }
}

/** What a backend said of itself, or how it is known that it says nothing. */
function diagnoseBackend({ name, url, probe }: BackendInfo): Diagnosis {
  if (probe === null) return { severity: "warning", what: `${name}: no answer`, fix: startOf(url) }
  const { reachable, fingerprint, server, decidedBy, notes } = probe
  if (reachable && fingerprint !== null) return { severity: "ok", what: `${name}: ${server}`, fix: null }
  const what = `${name}: ${server}${server.includes(decidedBy) ? "" : ` (${decidedBy})`}`
  if (reachable) return { severity: "warning", what, fix: "Check the url and the adapter of this backend." }
  // What could not even be asked has what to do about it as a note.
  return { severity: "warning", what, fix: notes[0] ?? startOf(url) }
}

const startOf = (url: string | null): string =>
  `Start the server${url === null ? "" : ` at ${url}`}, or correct its url.`
