import { type Adapter } from "@sglang-studio/core/adapter"
import type { Json, RunRequest } from "@sglang-studio/core/domain"
import { benchCommand, shellLine, shellWord } from "./bench/command.ts"
import { isOwnEntrypoint, oldestName } from "./bench/Programs.ts"
import type { SglangConfig } from "./config.ts"
import type { Dialect } from "./dialect.ts"
import { generateBody } from "./generateRun.ts"
import { scoreBody } from "./scoreRun.ts"

type Reproduce = NonNullable<Adapter["reproduce"]>

/** The same request without the studio. Labels given as text have no form: their ids are known only once asked. */
export const reproduceWith =
  (dialect: Dialect) =>
  (request: RunRequest, config: SglangConfig): ReturnType<Reproduce> => {
    if ("benchmark" in request) {
      const { entrypoint, set } = request.benchmark
      if (!isOwnEntrypoint(entrypoint)) return { curl: null, python: null }
      const command = benchCommand(dialect.programs, entrypoint, set, {
        config,
        python: config.python ?? "python",
        module: oldestName(dialect.programs.modules[entrypoint]),
        served: null,
        outputFile: "result.jsonl"
      })
      return { curl: null, python: shellLine(command) }
    }
    if ("generate" in request) return { curl: curl(config, "/generate", generateBody(request.generate)), python: null }
    const { labelTokenIds, items } = request.score
    return {
      curl:
        labelTokenIds === null
          ? null
          : curl(config, "/v1/score", scoreBody(request.score, items, labelTokenIds, "default")),
      python: null
    }
  }

const curl = (config: SglangConfig, path: string, body: Json): string =>
  [
    `curl ${shellWord(`${config.url}${path}`)}`,
    "-H 'Content-Type: application/json'",
    ...(config.api_key === undefined ? [] : ['-H "Authorization: Bearer $SGLANG_API_KEY"']),
    `-d ${shellWord(JSON.stringify(body))}`
  ].join(" ")
