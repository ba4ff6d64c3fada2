import type { StandardSchemaV1 } from "@sglang-studio/core/adapter"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { noiseSize } from "./scenarios/addNoise.ts"
import { scenarios } from "./scenarios/index.ts"
import type { OwnKeys } from "./scenarios/Scenario.ts"

/** How one mock backend behaves; times are those of its benchmarks, the rest is its language model. */
export interface Settings {
  readonly scenario: string
  /** Moves noise, never the model. */
  readonly seed: number
  /** What the backend declares. */
  readonly dtype: "float32" | "bfloat16"
  /** Numerical error of the size that the format makes. */
  readonly noise: keyof typeof noiseSize
  /** Relative spread of times from run to run. */
  readonly runNoise: number
  /** Factor on every time. */
  readonly slowdown: number
  /** Relative growth of times from the first request to the last. */
  readonly drift: number
  /** Requests until the speed is steady. */
  readonly warmup: number
  /** Share of requests that are hit by a long stall. */
  readonly tail: number
  /** The scenario's own keys, where it has them. */
  readonly value?: number
  readonly at?: number
  readonly grid?: boolean
}

const withDefault = <S extends Schema.Top>(field: S, value: S["Encoded"]) =>
  field.pipe(Schema.withDecodingDefaultKey(Effect.succeed(value)))
const finite = (minimum: number, maximum: number) => Schema.Finite.check(Schema.isBetween({ minimum, maximum }))

const fields = {
  scenario: withDefault(Schema.Literals(Object.keys(scenarios)), "clean"),
  seed: withDefault(Schema.Int, 0),
  dtype: withDefault(Schema.Literals(["float32", "bfloat16"]), "float32"),
  noise: withDefault(Schema.Literals(["none", "fp32", "bf16"]), "none"),
  runNoise: withDefault(finite(0, 1), 0.01),
  slowdown: withDefault(finite(0.01, 100), 1),
  drift: withDefault(finite(-0.9, 10), 0),
  warmup: withDefault(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100_000 })), 0),
  tail: withDefault(finite(0, 1), 0),
  value: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThan(0))),
  at: Schema.optionalKey(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
  grid: Schema.optionalKey(Schema.Boolean)
}

/** Every setting as config files and specs write it. */
export const settingNames: readonly string[] = Object.keys(fields).map((name) =>
  name === "runNoise" ? "run_noise" : name
)

const Settings: Schema.Codec<Settings, unknown> = Schema.Struct(fields).pipe(
  Schema.encodeKeys({ runNoise: "run_noise" })
)
const schema = Schema.toStandardSchemaV1(Settings, { parseOptions: { onExcessProperty: "error", errors: "all" } })

/** The settings as a Standard Schema whose messages name the value and what it may be. */
export const settingsSchema: StandardSchemaV1<unknown, Settings> = {
  "~standard": {
    version: 1,
    vendor: "sglang-studio",
    validate: async (input) => {
      const result = await schema["~standard"].validate(input)
      if (result.issues !== undefined) return { issues: result.issues.map((issue) => explain(input, issue)) }
      const foreign = foreignKeys(result.value)
      return foreign.length === 0 ? { value: result.value } : { issues: foreign }
    }
  }
}

interface Issue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

const explain = (input: unknown, issue: Issue): Issue => {
  const step = issue.path?.[0]
  const key = String(typeof step === "object" ? step.key : (step ?? ""))
  if (key === "") return { message: `The settings of a mock are an object; keys: ${settingNames.join(", ")}`, path: [] }
  if (!settingNames.includes(key))
    return { message: `Unknown setting "${key}" of the mock; settings: ${settingNames.join(", ")}`, path: [key] }
  const value = JSON.stringify((input as { readonly [key: string]: unknown })[key])
  return key === "scenario"
    ? { message: `Unknown scenario ${value}; scenarios: ${Object.keys(scenarios).join(", ")}`, path: [key] }
    : { message: `${key}=${value}: ${issue.message}`, path: [key] }
}

/** Keys that belong to another scenario would be ignored; the person who wrote them meant something. */
const foreignKeys = (settings: Settings): readonly Issue[] => {
  const own: OwnKeys = scenarios[settings.scenario]?.keys ?? {}
  return (["value", "at", "grid"] as const)
    .filter((key) => settings[key] !== undefined && own[key] === undefined)
    .map((key) => {
      const takers = Object.values(scenarios).filter((scenario) => scenario.keys[key] !== undefined)
      return {
        message: `The scenario "${settings.scenario}" takes no "${key}"; it belongs to ${takers.map(({ name }) => name).join(", ")}`,
        path: [key]
      }
    })
}
