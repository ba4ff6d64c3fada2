import * as Schema from "effect/Schema"
import { AxisValue, Point } from "../codec/plan.ts"
import type { Codec } from "../codec/wire.ts"
import { BenchmarkFlags, TokenInput } from "../codec/workload.ts"
import { parseDuration } from "../domain/duration.ts"
import { parseShare } from "./parseShare.ts"
import type { SuiteFile } from "./SuiteFile.ts"

/** An optional field with its description, as it stands in the JSON Schema. */
const field = <S extends Schema.Top>(schema: S, description: string) =>
  Schema.optionalKey(schema.annotate({ description }))

const described = <S extends Schema.Top>(schema: S, description: string) => schema.annotate({ description })

const FileName = Schema.String.check(Schema.isNonEmpty({ message: "Expected the name of a file" }))

const Scalar = AxisValue.annotate({ expected: "a text, a number, true or false" })

/** What a filter says does not reach the JSON Schema, so that the description has to come before it. */
const written = (description: string, expected: string, fits: (value: string | number) => boolean) =>
  Schema.optionalKey(
    Schema.Union([Schema.String, Schema.Finite])
      .annotate({ description, expected })
      .check(Schema.makeFilter((value) => (fits(value) ? undefined : `Expected ${expected}`)))
  )

const duration = (least: number, description: string) =>
  written(description, "a duration such as 90s, 10m or 1.5h", (value) => (parseDuration(value) ?? -1) >= least)

const share = (description: string) =>
  written(description, "a number from 0, or a share such as 5%", (value) => parseShare(value) !== null)

const Positive = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1, { message: "Expected a whole number from 1" }))

/** It is the first part of the keys of its runs, which slashes divide. */
const CaseName = Schema.String.check(
  Schema.isPattern(/^[^/\p{Cc}]{1,100}$/u, {
    message: "Expected 1 to 100 characters without a slash, a line break or another control character"
  })
)

/** It stands within lines of tables and reports. */
const Name = Schema.String.check(
  Schema.isPattern(/^\P{Cc}+$/u, {
    message: "Expected at least one character, and no line break or other control character"
  })
)

const Labels = Schema.Array(Schema.String).check(Schema.isMinLength(1, { message: "Expected at least one label" }))

const Mask = Schema.Struct({
  preset: described(
    Schema.Literals(["none", "causal", "bidirectional-prefix", "doc-isolation", "custom"]),
    "Which tokens see which."
  ),
  matrix: field(Schema.NullOr(Schema.Array(Schema.Array(Schema.Literals([0, 1])))), "Rows of 0 and 1, for custom.")
})

const ScoreCase = Schema.Struct({
  query: field(TokenInput, "The query, as text or token ids. `${axis}` is replaced in the text."),
  query_file: field(FileName, "A file with the query, taken word for word."),
  items: field(
    Schema.Array(TokenInput).check(Schema.isMinLength(1, { message: "Expected at least one item" })),
    "What is scored: texts or token ids."
  ),
  items_file: field(FileName, "A file with the items: one a line, or a JSON array."),
  labels: field(Labels, "Label texts, each one token."),
  label_token_ids: field(
    Schema.Array(Schema.Natural).check(Schema.isMinLength(1, { message: "Expected at least one label" })),
    "The labels as token ids."
  ),
  apply_softmax: field(Schema.Boolean, "Normalise over the labels instead of the whole vocabulary. Default: false."),
  item_first: field(Schema.Boolean, "Put the item before the query. Default: false."),
  one_by_one: field(Schema.Boolean, "Score every item alone as well. Default: false."),
  mask: field(Mask, "Attention mask, where a backend can apply one.")
})

const GenerateCase = Schema.Struct({
  prompt: field(Schema.String, "The prompt. `${axis}` is replaced in it."),
  input_ids: field(Schema.Array(Schema.Natural), "The prompt as token ids."),
  prompts_file: field(
    FileName,
    'A file of prompts, taken word for word: one {"prompt" or "input_ids", "name"} a line; a name is `line-N` unless it is said. They are compared as one.'
  ),
  max_new_tokens: field(Schema.Natural, "Tokens to generate. Default: 32."),
  temperature: field(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)), "0 is greedy. Default: 0."),
  seed: field(Schema.Int, "Seed of the sampling, where a backend takes one."),
  top_logprobs: field(Schema.Natural, "Alternatives to record at each position. Default: 5.")
})

const Case = Schema.Struct({
  name: described(CaseName, "Its name in the plan, the results and the history."),
  benchmark: field(
    Schema.NonEmptyString,
    "An entrypoint: serving, one-batch-server, offline-throughput, one-batch, or load (the studio's own)."
  ),
  set: field(
    BenchmarkFlags,
    "The entrypoint's own long flags without dashes. `${axis}` is replaced; a whole value keeps its type."
  ),
  score: field(ScoreCase, "A score input."),
  generate: field(GenerateCase, "A prompt, or a file of them."),
  timeout: duration(1, "A run that takes longer has failed. Default: none."),
  tags: field(Schema.Array(Schema.String), "Tags of its runs. `${axis}` is replaced.")
})

const Axes = Schema.Record(
  Schema.String,
  Schema.Array(Scalar).check(Schema.isMinLength(1, { message: "Expected at least one value" }))
)

const Gate = Schema.Struct({
  name: described(Name, "Its name in the verdict."),
  metric: field(Schema.NonEmptyString, "A metric, such as e2e_latency_ms.p95 or output_throughput."),
  max_regression: share("How much worse than the baseline it may be, such as 5%."),
  max: share("The most that the candidate's own value may be: a number in the metric's unit, or a share."),
  parity: field(Schema.Literals(["token", "score"]), "Numeric agreement of token logprobs, or of scores."),
  tolerance: field(
    Schema.Finite.check(Schema.isGreaterThan(0)),
    "For token parity, in nats. Default: from the noise floor."
  ),
  max_abs_delta: field(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)), "For score parity."),
  max_rank_flips: field(Schema.Natural, "For score parity: requests whose items may come in another order.")
})

const Matrix = Schema.Struct({
  axes: field(Axes, "Values of each axis; every combination is run."),
  linked: field(Schema.Array(Axes), "Axes that move together: the first values of all, then the second, and so on."),
  exclude: field(Schema.Array(Point), "Takes away every point that has all of these values."),
  include: field(Schema.Array(Point), "Whole points that are added, with a value for every axis.")
})

/** The one source of what a suite file may hold: it validates, and the JSON Schema is written from it. */
export const SuiteFileCodec: Codec<SuiteFile> = Schema.Struct({
  $schema: field(Schema.String, "Address of this schema, for editors."),
  suite: described(Name, "Name of the suite. Its runs are tagged with it, and its history is found by it."),
  version: field(Positive, "The author's own number, to be raised when figures stop being comparable. Default: 1."),
  backends: field(
    Schema.Array(Schema.NonEmptyString),
    "Names from the config, or specs as --backend takes them. The first is the baseline."
  ),
  cases: described(
    Schema.Array(Case).check(Schema.isMinLength(1, { message: "Expected at least one case" })),
    "What is run."
  ),
  launch: field(
    Schema.JsonObject,
    "Server flags, added to each backend's own `launch.args`. Needs backends that the studio starts."
  ),
  matrix: field(Matrix, "What varies. `${axis}` stands for an axis's value in `set`, `launch`, prompts and tags."),
  repeats: field(
    Positive.check(Schema.isLessThanOrEqualTo(10_000, { message: "Expected 10000 at most" })),
    "Measured runs per case, point and backend. Default: 5."
  ),
  warmup: field(
    Schema.Natural.check(Schema.isLessThanOrEqualTo(1000, { message: "Expected 1000 at most" })),
    "Runs before the measured ones, kept apart, per case, point and backend; again after each start of a server. Default: 0."
  ),
  order: field(
    Schema.Struct({
      kind: field(
        Schema.Literals(["interleaved", "sequential"]),
        "interleaved (default): one repeat of everything, shuffled, arms side by side. sequential: as the file says."
      ),
      seed: field(Schema.Int, "Seed of the shuffling. Default: 1."),
      restart: field(
        Schema.Literals(["never", "block", "point"]),
        "When a server that the studio starts is started anew, besides where its launch values change. Default: never."
      )
    }),
    "In which order."
  ),
  budget: field(
    Schema.Struct({
      runs: field(Positive, "The most runs, warm-up included; whole blocks beyond it are left out."),
      wall: duration(0, "The campaign starts no run after this time.")
    }),
    "When to stop."
  ),
  gates: field(Schema.Array(Gate), "What a comparison with the baseline must hold."),
  tags: field(
    Schema.Array(Schema.String),
    "Tags of every run. `${axis}` is replaced; a tag whose axis a case does not use is left out there."
  )
}).annotate({ title: "SGLang Studio suite", description: "Cases with their matrix, repeats and gates." })
