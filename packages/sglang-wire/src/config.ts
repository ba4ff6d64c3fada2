import {
  isRecipeProblem,
  readLaunchRecipe,
  type LaunchRecipe,
  type StandardResult,
  type StandardSchemaV1
} from "@sglang-studio/core/adapter"
import * as Schema from "effect/Schema"

/** How one SGLang server is reached, and where its benchmark programs are. */
export interface SglangConfig {
  readonly url: string
  /** Interpreter that has the engine installed; needed for its benchmarks, and to start it. */
  readonly python?: string
  /** Folder that holds the engine's package where it is not installed; goes into PYTHONPATH. */
  readonly source?: string
  /** Local folder of the model that the server serves. */
  readonly model?: string
  /** Local folder of its tokenizer, where that is another. */
  readonly tokenizer?: string
  readonly api_key?: string
  /** How the studio starts the server; programs with an engine of their own take its args too. */
  readonly launch?: LaunchRecipe
}

/** What is wrong with an address; true: nothing. Credentials in one would be stored and shown, and neither engine asks for them. */
const checkUrl = (text: string): true | string => {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== "http:" && url.protocol !== "https:"))
    return `Expected an http:// or https:// address, got "${text.replace(/\/\/[^/@]*@/, "//***@")}"`
  if (url.username === "" && url.password === "") return true
  return `The address of ${url.host} holds a user name or password, which is not sent; take it out and set \`api_key\`, which is sent as a bearer token`
}

const Config = Schema.Struct({
  url: Schema.String.check(Schema.makeFilter(checkUrl)),
  python: Schema.optional(Schema.NonEmptyString),
  source: Schema.optional(Schema.NonEmptyString),
  model: Schema.optional(Schema.NonEmptyString),
  tokenizer: Schema.optional(Schema.NonEmptyString),
  api_key: Schema.optional(Schema.NonEmptyString),
  /** The studio's own settings of a backend; they mean nothing here. */
  adapter: Schema.optionalKey(Schema.Unknown),
  adapter_mode: Schema.optionalKey(Schema.Unknown),
  adapterMode: Schema.optionalKey(Schema.Unknown),
  launch: Schema.optionalKey(Schema.Unknown)
})

const standard = Schema.toStandardSchemaV1(Config, { parseOptions: { onExcessProperty: "error", errors: "all" } })
const known = ["url", "python", "source", "model", "tokenizer", "api_key", "adapter_mode", "launch"]

/** Refuses unknown settings by name and says which ones there are. */
export const sglangConfig: StandardSchemaV1<unknown, SglangConfig> = {
  "~standard": {
    version: 1,
    vendor: "sglang-studio",
    validate: async (value) => {
      const result = await standard["~standard"].validate(value)
      if (result.issues === undefined) return withLaunch(result.value)
      return {
        issues: result.issues.map((issue) =>
          issue.message === "Expected no excess property"
            ? { path: issue.path, message: `Unknown setting; known are ${known.join(", ")}` }
            : issue
        )
      }
    }
  }
}

const withLaunch = (settings: typeof Config.Type): StandardResult<SglangConfig> => {
  if (settings.launch === undefined || settings.launch === null) return { value: pick(settings) }
  const recipe = readLaunchRecipe(settings.launch)
  return isRecipeProblem(recipe)
    ? { issues: [{ path: ["launch", ...recipe.path], message: recipe.message }] }
    : { value: { ...pick(settings), launch: recipe } }
}

const pick = ({ url, python, source, model, tokenizer, api_key }: typeof Config.Type): SglangConfig => ({
  url: url.replace(/\/+$/, ""),
  ...(python === undefined ? {} : { python }),
  ...(source === undefined ? {} : { source }),
  ...(model === undefined ? {} : { model }),
  ...(tokenizer === undefined ? {} : { tokenizer }),
  ...(api_key === undefined ? {} : { api_key })
})
