import type { Context } from "@sglang-studio/core/adapter"
import type { Probe } from "@sglang-studio/core/domain"
import { judgeRoute, probeWith, type Evidence, type Judgement, type Wire } from "@sglang-studio/sglang-wire"
import { programs } from "./command.ts"
import { engine } from "./engine.ts"

export const probe = (wire: Wire, context: Context): Promise<Probe> =>
  probeWith({ engine, programs, judge }, wire, context)

const judge = (operation: "tokenize" | "score" | "generate", evidence: Evidence): Judgement => {
  switch (operation) {
    case "tokenize":
      return judgeTokenize(evidence)
    case "score":
      return judgeRoute(evidence, "/v1/score")
    case "generate":
      return judgeRoute(evidence, "/generate")
  }
}

/** There is no /tokenize: ids are read from what the server says about a prompt. */
const judgeTokenize = (evidence: Evidence): Judgement => {
  if (evidence.serverInfo?.body["skip_tokenizer_init"] === true) {
    return { available: false, evidence: "the server runs without a tokenizer (skip_tokenizer_init)" }
  }
  const generate = judgeRoute(evidence, "/generate")
  return generate.available
    ? {
        available: true,
        evidence: `no /tokenize; ids are read from the prompt logprobs of POST /generate (${generate.evidence})`
      }
    : generate
}
