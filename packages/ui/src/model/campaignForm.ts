import type { InputOf, Routes } from "@sglang-studio/core/contract"
import { shellWord } from "../base/shell.ts"

/** A campaign as it is put together. */
export interface CampaignForm {
  /** Of the suite, YAML or JSON. */
  readonly text: string
  /** Id of a campaign whose suite is run again in place of the text; empty: none. */
  readonly of: string
  /** The first is the baseline; none: those that the suite names. */
  readonly backends: readonly string[]
  /** Name of a stored baseline; empty: the first backend. */
  readonly against: string
  readonly gate: boolean
  readonly allowMock: boolean
  readonly untilDecided: boolean
}

export const campaignSwitches = ["gate", "allowMock", "untilDecided"] as const

export const emptyCampaign: CampaignForm = {
  text: "",
  of: "",
  backends: [],
  against: "",
  gate: false,
  allowMock: false,
  untilDecided: false
}

/** What plans and what starts it. */
export const campaignRequest = ({
  text,
  of,
  backends,
  against,
  gate,
  allowMock,
  untilDecided
}: CampaignForm): InputOf<Routes["startCampaign"]> => ({
  ...(of === "" ? { suite: text } : { suiteOf: of }),
  ...(backends.length > 0 && { backends }),
  ...(against !== "" && { against }),
  ...(gate && { gate }),
  ...(gate && allowMock && { allowMock }),
  ...(untilDecided && { untilDecided })
})

/** The command line that does the same with the text in a file. */
export const campaignCommand = ({ backends, against, gate, allowMock, untilDecided }: CampaignForm): string =>
  [
    "studio run suite.yaml",
    ...backends.map((backend) => `--backend ${shellWord(backend)}`),
    ...(against === "" ? [] : [`--against ${shellWord(against)}`]),
    ...(untilDecided ? ["--until-decided"] : []),
    ...(gate ? ["--gate"] : []),
    ...(gate && allowMock ? ["--allow-mock"] : [])
  ].join(" ")

/** Longer texts stay out of the address: browsers and chat programs cut it. */
const longest = 4000

/** The form as query parameters; null = as empty. */
export const campaignToQuery = (form: CampaignForm): Record<string, string | null> => ({
  suite: form.of !== "" || form.text.length > longest ? null : form.text,
  of: form.of,
  // Names hold no commas; specs with commas are added as backends first.
  backends: form.backends.join(","),
  against: form.against,
  ...Object.fromEntries(campaignSwitches.map((key) => [key, form[key] ? "1" : null]))
})

export const campaignFromQuery = (query: URLSearchParams): CampaignForm => ({
  ...emptyCampaign,
  text: query.get("suite") ?? "",
  of: query.get("of") ?? "",
  backends: query.get("backends")?.split(",").filter(Boolean) ?? [],
  against: query.get("against") ?? "",
  ...Object.fromEntries(campaignSwitches.map((key) => [key, query.get(key) === "1"]))
})

/** Small enough for any mock and any engine that is there. */
export const exampleSuite = `suite: first-look
cases:
  - name: serving
    benchmark: serving
    set:
      num-prompts: 64
      random-input-len: \${input_len}
      random-output-len: 16
      max-concurrency: \${concurrency}
matrix:
  axes:
    concurrency: [1, 8]
    input_len: [128, 512]
repeats: 3
warmup: 1
gates:
  - { name: p95, metric: e2e_latency_ms.p95, max_regression: 5% }
  - { name: failures, metric: failure_rate, max: 1% }
`
