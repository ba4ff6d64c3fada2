import type { FindingCode } from "./validity.ts"

/** What a finding on a run means for its numbers, whoever found it. */
export const findingDefinitions: { readonly [Code in FindingCode]: string } = {
  "nonfinite-json": "The engine wrote NaN or Infinity, which JSON does not have; they are kept as no value.",
  "implausible-value": "The engine's summary has a value that cannot be, such as a negative count; it was left out.",
  "prompts-dropped": "The benchmark measured fewer prompts than it was asked to: another workload than its name says.",
  "short-answers": "Answers ended before the tokens that were asked for: less was generated than the request says.",
  "streamed-error-as-success":
    "Requests that failed inside their stream were counted as successes, and their times with them.",
  "partial-failure": "Some requests failed; every latency is that of the others.",
  "percentile-missing":
    "The engine's own summary leaves a percentile out; it was computed here from its values per request.",
  "secret-redacted": "The engine answers with secrets in clear; they were taken out before anything was stored.",
  "tokens-duplicated": "The engine lists tokens twice, so that counts from that list are too high.",
  "special-tokens-missing": "The engine leaves special tokens out of a list; the ids were rebuilt from the logprobs.",
  "compile-miss": "A graph was compiled while requests were measured: their times are not the engine's own.",
  drift: "The server became slower or faster from the beginning of the run to its end.",
  "warmup-not-reached": "Times had not settled before the measured part began, or never did.",
  "too-few-samples": "Too few requests for some percentile: it is shown, and never judged.",
  "client-bound": "The client sent late: its own pace was measured, not the server's.",
  "cache-warm": "Prompt tokens came from the prefix cache: times to first token are flattered.",
  "not-assessable": "The engine tells too little to check the run for the known traps.",
  "server-found": "A server that the studio did not start was used, so that what `launch` says was not applied to it.",
  "mask-unsupported": "An attention mask was asked for that the backend cannot take; nothing was measured without it."
}
