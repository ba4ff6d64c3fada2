import type { Divergence, Json } from "@sglang-studio/core/domain"
import { jsonText } from "./flatten.ts"
import { plural, share, significant } from "./format.ts"

type Evidence = Divergence["evidence"]

/** What a cause rests on, in a sentence; empty where its figures say all. */
export const evidenceText = ({ cause, evidence }: Pick<Divergence, "cause" | "evidence">): string =>
  sentences[cause]?.(evidence) ?? ""

const number = (value: Json | undefined): string => (typeof value === "number" ? significant(value) : jsonText(value))

const sizeOf = (evidence: Evidence): string =>
  ["max_abs_delta", "max_abs_delta_logprob"].flatMap((key) =>
    evidence[key] == null ? [] : [number(evidence[key])]
  )[0] ?? "an unknown amount"

const sent: Readonly<Record<string, string>> = {
  "batch-of-1": "one item at a time",
  batched: "together with other prompts",
  permuted: "with its items in another order",
  flushed: "with an empty cache",
  repeat: "once more"
}

const sentences: { readonly [cause: string]: ((evidence: Evidence) => string) | undefined } = {
  "batch-dependent": (evidence) =>
    "one_by_one" in evidence
      ? `${jsonText(evidence["arm"])} gives item ${Number(evidence["item"]) + 1} ${number(evidence["batched"])} in the batch and ${number(evidence["one_by_one"])} alone${typeof evidence["max_abs_delta_one_by_one"] === "number" ? `; sent alone, the sides agree to ${number(evidence["max_abs_delta_one_by_one"])}` : ""}.`
      : `${jsonText(evidence["arm"])} changes by ${sizeOf(evidence)} when the same request is sent ${sent[jsonText(evidence["sent"] ?? evidence["probe"])] ?? "in another batch"}.`,
  "cache-dependent": (evidence) =>
    "probe" in evidence
      ? `${jsonText(evidence["arm"])} changes by ${sizeOf(evidence)} when the same request is sent ${sent[jsonText(evidence["probe"])] ?? "with another cache"}.`
      : `${jsonText(evidence["arm"])} changes by ${sizeOf(evidence)} between a cached and an uncached prefix: ${number(evidence["flushed_differs"])} flushed and ${number(evidence["repeat_differs"])} repeated requests differ.`,
  "raw-vs-temperature": (evidence) =>
    `Every gap between two alternatives is ${number(evidence["factor"])} times as wide on one side, as division by ${number(evidence["temperature"])} would make it; after that the rest is ${number(evidence["residual_rms"])} instead of ${number(evidence["unscaled_rms"])} nats over ${number(evidence["gaps"])} gaps.`,
  precision: (evidence) =>
    `The sides declare ${listText(evidence["dtypes"])}; the RMS difference of ${number(evidence["rms_delta_logprob"])} nats is what class ${jsonText(evidence["class"])} makes.`,
  "precision-grid": (evidence) =>
    `All logprobs of ${listText(evidence["on_grid"])} are values that bfloat16 can hold, whatever dtype is declared (${listText(evidence["dtypes"])}).`,
  "position-locked": (evidence) =>
    `From position ${number(evidence["from_position"])} on ${number(evidence["positions_off"])} of ${number(evidence["positions_from_there"])} positions are off, in ${plural(Number(evidence["prompts"]), "prompt")}; of the ${number(evidence["positions_before"])} before it, almost none.`,
  genuine: (evidence) =>
    "positions_off" in evidence
      ? `${number(evidence["positions_off"])} positions in ${number(evidence["prompts_off"])} of ${plural(Number(evidence["prompts"]), "prompt")} are off, RMS ${number(evidence["rms_delta_logprob"])} nats, without a pattern.`
      : "scores" in evidence
        ? `The score differs by ${sizeOf(evidence)}, sent alone as well.`
        : "",
  "tokenizer-mismatch": (evidence) =>
    `The first different ids: ${pairText(evidence["ids"])}, tokens ${pairText(evidence["tokens"])}.`,
  "template-mismatch": (evidence) =>
    "leading_ids" in evidence
      ? `${jsonText(evidence["longer"])} has ${listText(evidence["leading_tokens"])} (ids ${listText(evidence["leading_ids"])}) before the text, in ${plural(Number(evidence["prompts"]), "prompt")}.`
      : "",
  "input-truncated": (evidence) =>
    `Prompt tokens seen: ${pairText(evidence["prompt_tokens"])}; the longest that was seen is ${number(evidence["longest_seen"])}.`,
  "near-tie": (evidence) =>
    "swing" in evidence
      ? `After ${plural(Number(evidence["generated_before"]), "equal token")} the sides choose ${pairText(evidence["tokens"])}, whose odds differ by ${number(evidence["swing"])} nats.`
      : "largest_swing" in evidence
        ? `The two best tokens change places at ${plural(Number(evidence["positions"]), "position")}, by at most ${number(evidence["largest_swing"])} nats.`
        : "The order of two almost equal scores changes within tolerance.",
  unexplained: (evidence) =>
    typeof evidence["coverage"] === "number" ? `Coverage ${share(evidence["coverage"])}.` : ""
}

const listText = (value: Json | undefined): string =>
  Array.isArray(value) ? value.map((one) => jsonText(one as Json)).join(", ") : jsonText(value)

/** `a 12, b 14`: one value per side, by its name. */
const pairText = (value: Json | undefined): string =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.entries(value)
        .map(([side, one]) => `${side} ${jsonText(one)}`)
        .join(", ")
    : jsonText(value)
