import { parseDuration } from "../domain/duration.ts"
import type { Json, JsonObject } from "../domain/json.ts"
import type { LaunchRecipe } from "./Adapter.ts"

/** What is wrong with a recipe, and where. */
export interface RecipeProblem {
  readonly path: readonly string[]
  readonly message: string
}

/** A model of tens of gigabytes loads and compiles within this. */
const patienceMs = 600_000

/**
 * Reads the setting `launch` of a backend: `{ args, env, ready_timeout }`, each of them optional. Args are the server's
 * long flags without dashes: `true` stands for the flag alone, `false` and null leave it out, a list gives it several
 * values.
 */
export const readLaunchRecipe = (setting: unknown): LaunchRecipe | RecipeProblem => {
  if (!isObject(setting)) return { path: [], message: "Expected a mapping with args, env and ready_timeout" }
  const { args = {}, env = {}, ready_timeout: timeout, ...unknown } = setting
  const [stranger] = Object.keys(unknown)
  if (stranger !== undefined)
    return { path: [stranger], message: "Unknown setting; known are args, env, ready_timeout" }
  const readyTimeoutMs = timeout === undefined ? patienceMs : parseDuration(timeout)
  if (readyTimeoutMs === null || readyTimeoutMs === 0)
    return {
      path: ["ready_timeout"],
      message: `Expected a duration such as 10m or 90s, got ${JSON.stringify(timeout)}`
    }
  if (!isObject(args)) return { path: ["args"], message: "Expected a mapping of flags to values" }
  const badArg = Object.entries(args).find(([name, value]) => !isFlag(name) || !isFlagValue(value))
  if (badArg !== undefined)
    return { path: ["args", badArg[0]], message: "Expected a long flag without dashes and a plain value or a list" }
  if (!isObject(env)) return { path: ["env"], message: "Expected a mapping of names to texts" }
  const badVariable = Object.entries(env).find(([, value]) => !isScalar(value))
  if (badVariable !== undefined) return { path: ["env", badVariable[0]], message: "Expected a text" }
  return {
    args,
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)])),
    readyTimeoutMs
  }
}

export const isRecipeProblem = (read: LaunchRecipe | RecipeProblem): read is RecipeProblem => "message" in read

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const isScalar = (value: Json): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"

const isFlag = (name: string): boolean => /^[a-z0-9]+([-_][a-z0-9]+)*$/iu.test(name)

const isFlagValue = (value: Json): boolean =>
  value === null || isScalar(value) || (Array.isArray(value) && value.every(isScalar))
