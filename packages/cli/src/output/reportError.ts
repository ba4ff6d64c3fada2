import { isStudioError } from "@sglang-studio/core"
import { exitCode } from "../exitCode.ts"

/** A mistake in the command line. */
export class UsageError extends Error {
  readonly _tag = "UsageError"
  readonly code: string
  readonly hint: string | null
  readonly path: string | undefined

  constructor(message: string, hint: string | null = null, fields: { code?: string; path?: string } = {}) {
    super(message)
    this.code = fields.code ?? "usage"
    this.hint = hint
    this.path = fields.path
  }
}

/** Tells the user what went wrong and returns the exit code; a stack is shown for our own defects only. */
export function reportError(error: unknown, json: boolean): number {
  const known = describe(error)
  if (json) console.log(JSON.stringify({ error: known.body }))
  else {
    console.error(`error: ${known.body.message}`)
    if (known.body.hint !== null) console.error(`  ${known.body.hint}`)
    if (known.defect && process.env.STUDIO_DEBUG !== undefined) console.error(error)
  }
  return known.code
}

/** Tells of an error that no call gave to anybody: an adapter's as likely as the studio's own. */
export function reportCrash(error: unknown, json: boolean): void {
  const [line = ""] = describe(error).body.message.split("\n")
  const message = `Something failed outside of any call: ${line}`
  const hint = "It came from an adapter or from the studio itself; STUDIO_DEBUG=1 shows where."
  if (json) console.log(JSON.stringify({ error: { code: "defect", message, hint } }))
  console.error(`error: ${message}\n  ${hint}`)
  if (process.env.STUDIO_DEBUG !== undefined) console.error(error)
}

interface Described {
  readonly code: number
  readonly defect: boolean
  readonly body: {
    readonly code: string
    readonly message: string
    readonly hint: string | null
    readonly path?: string
  }
}

/** Codes of `StudioError` that are no mistake of the user. */
const infrastructureCodes = new Set([
  "io",
  "full",
  "busy",
  "corrupt",
  "newer-version",
  "unreachable",
  "not-this-engine",
  "not-installed",
  "timeout",
  "crashed",
  "protocol",
  "defect",
  "address-in-use"
])

function describe(error: unknown): Described {
  if (isUsageError(error) || isStudioError(error)) {
    const { code, message, hint, path } = error
    return {
      code: infrastructureCodes.has(code) ? exitCode.backend : exitCode.usage,
      defect: false,
      body: { code, message, hint, ...(path === undefined ? {} : { path }) }
    }
  }
  const message = error instanceof Error ? error.message : String(error)
  return {
    code: exitCode.backend,
    defect: true,
    body: { code: "defect", message, hint: "This is a defect of the studio; STUDIO_DEBUG=1 shows where it happened." }
  }
}

const isUsageError = (error: unknown): error is UsageError =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "UsageError"
