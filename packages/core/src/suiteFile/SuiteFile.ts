import * as Schema from "effect/Schema"
import { AxisValue, Point } from "../codec/plan.ts"
import { parseDuration } from "../domain/duration.ts"

const described = <S extends Schema.Constraint & { annotate(a: { description: string }): S }>(
  schema: S,
  description: string
): S => schema.annotate({ description })

const optional = <S extends Schema.Constraint & { annotate(a: { description: string }): S }>(
  schema: S,
  description: string
) => Schema.optionalKey(described(schema, description))

const Texts = Schema.Array(Schema.String)
const Positive = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))

const Duration = Schema.Union([Schema.Finite, Schema.String]).check(
  Schema.makeFilter((written) =>
    parseDuration(written) === null ? "not a duration: write 250ms, 90s, 10m, 1.5h, or a number of seconds" : undefined
  )
)

/** `5%` or 0.05, as a ratio; null where it is none. */
export const parseShare = (written: string | number): number | null => {
  const [, percent] = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/u.exec(String(written)) ?? []
  const value = percent === undefined ? Number(written) : Number(percent) / 100
  return Number.isFinite(value) && value >= 0 && String(written).trim() !== "" ? value : null
}

const Share = Schema.Union([Schema.Finite, Schema.String]).check(
  Schema.makeFilter((written) => (parseShare(written) === null ? "not a share: write 5% or 0.05" : undefined))
)

const ScoreCase = Schema.Struct({
  query: optional(Schema.Json, "Text, or a list of token ids."),
  query_file: optional(Schema.String, "File that holds the query, from the folder of the suite."),
  items: optional(Schema.Array(Schema.Json), "Texts, or lists of token ids."),
  items_file: optional(Schema.String, "File of items: one a line, or a JSON array."),
  labels: optional(Texts, "Texts of one token each."),
  label_token_ids: optional(Schema.Array(Schema.Natural), "Ids of the label tokens, in place of labels."),
  apply_softmax: Schema.optionalKey(Schema.Boolean),
  item_first: Schema.optionalKey(Schema.Boolean),
  one_by_one: optional(Schema.Boolean, "Send each item alone as well."),
  mask: Schema.optionalKey(Schema.Json)
})

const GenerateCase = Schema.Struct({
  prompt: optional(Schema.String, "The prompt."),
  input_ids: optional(Schema.Array(Schema.Natural), "The prompt as token ids."),
  prompts_file: optional(
    Schema.String,
    "File of prompts, compared as one case: one a line, or JSON objects with `name` and `prompt` or `input_ids`."
  ),
  max_new_tokens: optional(Schema.Natural, "Default 32."),
  temperature: optional(Schema.Finite, "Default 0: greedy."),
  seed: Schema.optionalKey(Schema.Int),
  top_logprobs: optional(Schema.Natural, "Alternatives per token. Default 5.")
})

const Case = Schema.Struct({
  name: described(Schema.NonEmptyString, "Unique in the suite."),
  benchmark: optional(
    Schema.NonEmptyString,
    "Entrypoint: serving, one-batch-server, offline-throughput, one-batch, or load."
  ),
  set: optional(Schema.Record(Schema.String, AxisValue), "Long flags of the entrypoint, without the dashes."),
  score: Schema.optionalKey(ScoreCase),
  generate: Schema.optionalKey(GenerateCase),
  timeout: optional(Duration, "Of one run: 250ms, 90s, 10m, 1.5h, or seconds."),
  tags: Schema.optionalKey(Texts)
})

const Axes = Schema.Record(
  Schema.NonEmptyString,
  Schema.Array(AxisValue).check(Schema.isMinLength(1, { message: "at least one value is needed" }))
)

const Gate = Schema.Struct({
  name: Schema.NonEmptyString,
  metric: optional(Schema.NonEmptyString, "Name of a metric: e2e_latency_ms.p95, output_throughput, failure_rate."),
  max_regression: optional(Share, "How much worse than the baseline it may be, whichever way is worse: 5%."),
  max: optional(Share, "The most that the candidate's own value may be, in the metric's unit, or as a share: 1%."),
  parity: optional(Schema.Literals(["token", "score"]), "Hold token logprobs or scores together."),
  tolerance: optional(Schema.Finite, "Of token logprobs, in nats; default: from the noise floor."),
  max_abs_delta: optional(Schema.Finite, "Of a score."),
  max_rank_flips: optional(Schema.Natural, "Requests whose items change their order.")
})

/** What a suite file holds, key by key as it is written. */
export const SuiteFile = Schema.Struct({
  suite: described(Schema.NonEmptyString, "Name of the suite; campaigns, history and baselines are found by it."),
  version: optional(Schema.Natural, "The author's own number: raise it when results stop being comparable. Default 1."),
  backends: optional(
    Texts,
    "Names from the config, or specs as --backend takes them. The first is the baseline, unless the CLI says otherwise."
  ),
  cases: Schema.Array(Case).check(Schema.isMinLength(1, { message: "at least one case is needed" })),
  launch: optional(
    Schema.Record(Schema.String, Schema.Json),
    "Added to each backend's own launch.args; needs backends that the studio starts."
  ),
  matrix: Schema.optionalKey(
    Schema.Struct({
      axes: optional(Axes, "Every value of an axis with every value of the others."),
      linked: optional(Schema.Array(Axes), "Axes that move together: lists of one length."),
      exclude: optional(Schema.Array(Point), "Takes away every point that has these values."),
      include: optional(Schema.Array(Point), "Whole points that are added.")
    })
  ),
  repeats: optional(Positive, "Measured runs per case, point and backend. Default 5."),
  warmup: optional(Schema.Natural, "Runs before them that are kept apart. Default 0."),
  order: Schema.optionalKey(
    Schema.Struct({
      kind: optional(
        Schema.Literals(["interleaved", "sequential"]),
        "One repeat of everything in turn, shuffled by the seed (the default), or as the file says."
      ),
      seed: optional(Schema.Int, "Of the shuffle. Default 1."),
      restart: optional(
        Schema.Literals(["never", "block", "point"]),
        "When servers that the studio starts are started anew, besides where launch values change. Default never."
      )
    })
  ),
  budget: Schema.optionalKey(
    Schema.Struct({
      runs: optional(Positive, "Most runs, warm-up included."),
      wall: optional(Duration, "Most time: 90m.")
    })
  ),
  gates: Schema.optionalKey(Schema.Array(Gate)),
  tags: optional(Texts, "Of every run.")
})

export type SuiteFile = typeof SuiteFile.Type

/**
 * Gives a suite file its types.
 *
 * @example
 * export default defineSuite({ suite: "nightly", cases: [{ name: "short", benchmark: "serving" }] })
 */
export const defineSuite = (suite: SuiteFile): SuiteFile => suite
