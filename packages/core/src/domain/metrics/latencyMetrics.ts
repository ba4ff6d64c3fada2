import type { MetricDefinition } from "../MetricDefinition.ts"

/** How long requests take. */
export const latencyMetrics: { readonly [name: string]: MetricDefinition } = {
  ttft_ms: {
    label: "TTFT",
    unit: "ms",
    better: "lower",
    meaning: "Time from sending a request to its first token.",
    formula: "first text or token id - intended send",
    perRequest: true,
    peers: {
      SGLang: "first chunk with text, from the actual send; 0 for a request that failed inside its stream",
      vLLM: "first chunk with `choices`, even when its text is empty",
      AIPerf: "first response that is not empty"
    }
  },
  tpot_ms: {
    label: "TPOT",
    unit: "ms",
    better: "lower",
    meaning: "Time per output token after the first, one mean per request.",
    formula: "(e2e - ttft) / (output tokens - 1); none below two tokens",
    perRequest: true,
    peers: {
      SGLang: "the same with its own e2e, which ends at the last line of the stream",
      vLLM: "the same up to the last chunk with `choices`",
      AIPerf: "calls this ITL and counts tokens with its own tokenizer",
      MLPerf: "mean over all tokens of a run"
    }
  },
  itl_ms: {
    label: "ITL",
    unit: "ms",
    better: "lower",
    meaning: "Time between two tokens, pooled over all requests: long outputs weigh more.",
    formula: "gap between two chunks / tokens of the later one, once per token",
    perRequest: true,
    peers: {
      SGLang: "per token on its native route, per chunk on its OpenAI route",
      vLLM: "per chunk with `choices`",
      AIPerf: "(e2e - ttft) / (output tokens - 1) per request, which is TPOT here"
    }
  },
  e2e_latency_ms: {
    label: "E2E",
    unit: "ms",
    better: "lower",
    meaning: "Time from sending a request to its last token.",
    formula: "last chunk that bears a token - intended send",
    perRequest: true,
    peers: {
      SGLang: "up to the last line of the stream, usage and end mark included; JAX reports no P95 of it",
      vLLM: "up to the last chunk with `choices`",
      AIPerf: "up to the last response that is not empty"
    }
  },
  queue_ms: {
    label: "Queue",
    unit: "ms",
    better: "lower",
    meaning: "Time that a request waited in the engine before it was worked on.",
    formula: "as the engine tells it",
    perRequest: true
  },
  compute_ms: {
    label: "Compute",
    unit: "ms",
    better: "lower",
    meaning: "Time that the engine worked on a request.",
    formula: "e2e as the engine tells it - queue",
    perRequest: true
  },
  send_lag_ms: {
    label: "Send lag",
    unit: "ms",
    better: "lower",
    meaning: "How late the client sent a request: above a few milliseconds it measures itself.",
    formula: "actual send - intended send",
    perRequest: true
  }
}
