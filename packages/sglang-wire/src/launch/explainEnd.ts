import { AdapterError } from "@sglang-studio/core/adapter"
import { complaintOf, plainLine } from "../bench/complaint.ts"
import { portInUse } from "./port.ts"

/** A server that ended although nobody stopped it. */
export interface ServerEnd {
  readonly module: string
  /** Before or after it was ready. */
  readonly phase: "starting" | "ready"
  readonly code: number | null
  readonly signal: string | null
  /** The last lines of its log. */
  readonly lines: readonly string[]
  readonly url: string
}

interface Cause {
  readonly pattern: RegExp
  readonly explain: (match: RegExpExecArray, said: string) => Pick<AdapterError, "reason" | "message" | "hint">
}

/**
 * Says why a server ended. Exit codes do not tell: SGLang-JAX kills itself (137) for anything from a missing file to a
 * lack of memory, so the reason is taken from what it printed.
 */
export const explainEnd = (end: ServerEnd): AdapterError => {
  const text = end.lines.map(plainLine).join("\n")
  if (/address already in use/i.test(text)) return portInUse(end.url)
  const said = complaintOf("", text)
  const detail = end.lines.slice(-40).join("\n")
  for (const { pattern, explain } of causes) {
    // Only its last words count: engines look for many a module on their way, and warn of what they do without.
    const match = pattern.exec(said)
    if (match !== null) return new AdapterError({ ...explain(match, said), detail })
  }
  const how = end.code === null ? `signal ${end.signal}` : `exit code ${end.code}`
  const when = end.phase === "ready" ? "The server ended while it was in use" : "The server did not start"
  return new AdapterError({
    reason: "crashed",
    message: `${when} (${how}): ${said}`,
    hint:
      said === silence && (end.code === 137 || end.signal === "SIGKILL")
        ? "Nothing was printed before it was killed: the machine probably ran out of memory."
        : "server.log of this run has everything that it printed.",
    detail
  })
}

const silence = "it printed nothing"

const causes: readonly Cause[] = [
  {
    pattern: /No module named '?([\w.]+)/,
    explain: ([, name]) => ({
      reason: "not-installed",
      message: `This Python cannot start the server: no module named ${name}.`,
      hint: "Set `python` to the interpreter that has the engine installed, or `source` to the folder of its package."
    })
  },
  {
    pattern: /^[\w./]+: error: (.*)$/m,
    explain: ([, said]) => ({
      reason: "invalid-request",
      message: `The server refused its flags: ${said}`,
      hint: "Correct `launch.args` of the backend; server.log lists the flags that it knows."
    })
  },
  {
    pattern:
      /Can't load the configuration of '([^']+)'|Repo id must be in the form [^:]*: '([^']+)'|([^\s']+) is not a local folder/,
    explain: ([, ...names]) => ({
      reason: "invalid-request",
      message: `The server found no model at ${names.find((name) => name !== undefined)}.`,
      hint: "Correct `model` of the backend: a folder with config.json, or a name that the hub or its cache knows."
    })
  },
  {
    pattern: /RESOURCE_EXHAUSTED|out of memory|OutOfMemory|Not enough memory/i,
    explain: (_, said) => ({
      reason: "crashed",
      message: `The server ran out of memory: ${said}`,
      hint: "Lower `mem-fraction-static`, `max-total-tokens` or `max-running-requests` in `launch.args`."
    })
  }
]
