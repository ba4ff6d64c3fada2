// @ts-check
import { AdapterError } from "@sglang-studio/core/adapter"

/** @import { Context, Probe } from "@sglang-studio/core/adapter" */

/**
 * Asks an HTTP engine. Every way in which it can fail becomes an AdapterError, on the line where it fails.
 *
 * @param {string} url
 * @param {unknown} body
 * @param {Pick<Context, "signal">} context
 * @returns {Promise<unknown>}
 */
export const postJson = async (url, body, { signal }) => {
  const headers = { "content-type": "application/json" }
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body), signal }).catch((error) => {
    throw new AdapterError({
      reason: "unreachable",
      message: `${url} does not answer: ${error.cause?.code ?? error.message}.`,
      hint: "Start the engine, or correct its URL."
    })
  })
  const text = await response.text()
  if (!response.ok)
    throw new AdapterError({
      reason: response.status < 500 ? "invalid-request" : "crashed",
      message: `${url} answered ${response.status}.`,
      hint: "Look at what it says.",
      detail: text.slice(0, 2000)
    })
  try {
    return JSON.parse(text)
  } catch {
    throw new AdapterError({
      reason: "protocol",
      message: `${url} answered something that is not JSON.`,
      hint: "Check that the URL is the engine's own.",
      detail: text.slice(0, 2000)
    })
  }
}

/**
 * Runs a benchmark program and reads the record that it prints last. The studio keeps its output as artifacts and ends
 * the whole process tree when the run is cancelled.
 *
 * @param {readonly [string, ...string[]]} argv
 * @param {Pick<Context, "spawn" | "log">} context
 * @returns {Promise<unknown>}
 */
export const runProgram = async (argv, context) => {
  const child = context.spawn(argv, { env: {} })
  for await (const { line } of child.lines) context.log(line)
  const { code, signal, stdout, stderr } = await child.exit
  if (code === 0) return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "null")
  throw new AdapterError({
    reason: "crashed",
    message: `${argv[0]} ended with ${signal ?? `exit code ${code}`}.`,
    hint: "Look at its last lines.",
    detail: stderr.split("\n").slice(-20).join("\n")
  })
}

/**
 * What a probe says where nothing answers.
 *
 * @param {string} url
 * @param {string} how it is known, such as `connect ECONNREFUSED`
 * @returns {Probe}
 */
export const nothingAt = (url, how) => ({
  reachable: false,
  server: `nothing at ${url}`,
  decidedBy: how,
  fingerprint: null,
  capabilities: [],
  notes: []
})
