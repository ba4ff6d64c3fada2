import * as Schema from "effect/Schema"
import { Arm } from "../codec/comparison.ts"
import { Point } from "../codec/plan.ts"
import { CaseSpec } from "../codec/parityCase.ts"
import { Resend } from "../codec/run.ts"
import { Json, JsonObject, struct, type Codec } from "../codec/wire.ts"
import { RunRequest } from "../codec/workload.ts"
import type { NewBackend as NewBackendInput } from "./NewBackend.ts"

const AdapterMode = Schema.Literals(["auto", "bench", "mock"])

/** For operations that take no input: an empty struct would let any key pass. */
export const Nothing: Codec<{}> = Schema.Record(Schema.String, Schema.Never.annotate({ message: "unknown field" }))

const positive = Schema.Int.check(Schema.isGreaterThan(0))

export const SubmitRun = struct({
  backend: Schema.NonEmptyString,
  request: RunRequest,
  adapterMode: Schema.optionalKey(AdapterMode),
  timeoutMs: Schema.optionalKey(positive),
  tags: Schema.optionalKey(Schema.Array(Schema.String)),
  resend: Schema.optionalKey(Resend)
})

const text = Schema.optionalKey(Schema.String)
const wholeNumber = Schema.FiniteFromString.check(Schema.isInt())
const count = wholeNumber.check(Schema.isGreaterThanOrEqualTo(0))

const flag = Schema.Literals(["false", "true"]).transform([false, true])

export const RunQuery = Schema.Struct({
  limit: Schema.optionalKey(wholeNumber.check(Schema.isBetween({ minimum: 1, maximum: 500 }))),
  cursor: text,
  backend: text,
  kind: text,
  status: text,
  tag: text,
  suite: text,
  provenance: text,
  since: text,
  q: text,
  archived: Schema.optionalKey(flag)
})

export const EventQuery = Schema.Struct({ after: Schema.optionalKey(count) })

/** Without `top` a position weighs a third: whoever walks a long trace asks for the alternatives where they are looked at. */
export const TraceQuery = Schema.Struct({
  case: Schema.String,
  from: Schema.optionalKey(count),
  to: Schema.optionalKey(count),
  top: Schema.optionalKey(flag)
})

export const Annotation = struct({
  tags: Schema.optionalKey(Schema.Array(Schema.String)),
  note: text,
  pinned: Schema.optionalKey(Schema.Boolean),
  archived: Schema.optionalKey(Schema.Boolean)
})

/** Either labelled arms, or one run per arm; the first is the baseline. */
export const CompareRequest = struct({
  arms: Schema.optionalKey(Schema.Array(Arm).check(Schema.isMinLength(2, { message: "at least two are needed" }))),
  runIds: Schema.optionalKey(
    Schema.Array(Schema.NonEmptyString).check(Schema.isMinLength(2, { message: "at least two are needed" }))
  )
}).check(
  Schema.makeFilter(({ arms, runIds }) =>
    (arms === undefined) === (runIds === undefined) ? "give either arms or run_ids" : undefined
  )
)

/** Which suggested checks to make; left out: all, for the cases that part worst. */
export const ConfirmRequest = struct({
  case: text,
  actions: Schema.optionalKey(Schema.Array(Schema.String)),
  timeoutMs: Schema.optionalKey(positive)
})

export const CaseQuery = Schema.Struct({ tag: text })
export const CaseImport = struct({ lines: Schema.String })

/** The cases are those given, those named, those with the tag, or all that are stored. The first backend is the baseline. */
export const RunCases = struct({
  backends: Schema.Array(Schema.NonEmptyString).check(Schema.isMinLength(1, { message: "at least one is needed" })),
  ids: Schema.optionalKey(Schema.Array(Schema.String)),
  tag: text,
  cases: Schema.optionalKey(Schema.Array(CaseSpec).check(Schema.isMinLength(1, { message: "at least one is needed" }))),
  self: Schema.optionalKey(Schema.Boolean),
  noiseFloor: Schema.optionalKey(Schema.Natural),
  reference: text,
  maxNewTokens: Schema.optionalKey(positive),
  gate: Schema.optionalKey(Schema.Boolean),
  allowMock: Schema.optionalKey(Schema.Boolean),
  tags: Schema.optionalKey(Schema.Array(Schema.String)),
  timeoutMs: Schema.optionalKey(positive)
}).check(
  Schema.makeFilter(({ ids, tag, cases }) =>
    [ids, tag, cases].filter((choice) => choice !== undefined).length > 1
      ? "give only one of ids, tag and cases"
      : undefined
  )
)

const limit = wholeNumber.check(Schema.isBetween({ minimum: 1, maximum: 500 }))

/** Thousands of runs weigh more than all else of a campaign: whoever lists many does without. */
export const CampaignQuery = Schema.Struct({
  limit: Schema.optionalKey(limit),
  suite: text,
  runs: Schema.optionalKey(flag)
})

/**
 * `suite` is a suite file as JSON, or its text in YAML; files that it names are looked for where the server runs.
 * `suiteOf` names a campaign whose suite is run again. The first backend is the baseline.
 */
export const StartCampaign = struct({
  suite: Schema.optionalKey(Schema.Union([JsonObject, Schema.NonEmptyString])),
  suiteOf: Schema.optionalKey(Schema.NonEmptyString),
  backends: Schema.optionalKey(Schema.Array(Schema.NonEmptyString)),
  against: text,
  gate: Schema.optionalKey(Schema.Boolean),
  allowMock: Schema.optionalKey(Schema.Boolean),
  untilDecided: Schema.optionalKey(Schema.Boolean),
  adapterMode: Schema.optionalKey(AdapterMode)
}).check(
  Schema.makeFilter(({ suite, suiteOf }) =>
    (suite === undefined) === (suiteOf === undefined) ? "give either suite or suite_of" : undefined
  )
)

export const ResumeCampaign = struct({ backends: Schema.optionalKey(Schema.Array(Schema.NonEmptyString)) })

export const BaselineQuery = Schema.Struct({ suite: text, name: text, superseded: Schema.optionalKey(flag) })

/** Of every backend of the campaign, or of one. */
export const Promotion = struct({
  campaign: Schema.NonEmptyString,
  name: Schema.NonEmptyString,
  reason: Schema.NonEmptyString,
  author: Schema.NonEmptyString,
  backend: text,
  allowMock: Schema.optionalKey(Schema.Boolean)
})

export const WaiverQuery = Schema.Struct({ suite: text })

export const NewWaiver = struct({
  suite: Schema.NonEmptyString,
  gate: Schema.NonEmptyString,
  until: Schema.NonEmptyString,
  reason: Schema.NonEmptyString,
  author: Schema.NonEmptyString,
  case: text,
  point: Schema.optionalKey(Point),
  backend: text
})

export const NewBackend: Codec<NewBackendInput> = Schema.StructWithRest(
  Schema.Struct({
    name: Schema.NonEmptyString,
    adapter: Schema.optionalKey(Schema.NonEmptyString),
    adapter_mode: Schema.optionalKey(AdapterMode),
    url: text
  }),
  [Schema.Record(Schema.String, Json)]
)

export const TokenizeRequest = struct({ texts: Schema.Array(Schema.String) })
