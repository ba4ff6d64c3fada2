import type { Evidence } from "./evidence.ts"
import { isObject } from "./looseJson.ts"
import type { Judgement } from "./probe.ts"

/** Whether a generating model is served under a path, by the server's own OpenAPI document. */
export const judgeRoute = (evidence: Evidence, path: string): Judgement => {
  const { modelInfo, openapi } = evidence
  if (modelInfo?.body["is_generation"] === false) {
    return { available: false, evidence: `GET ${modelInfo.path} says is_generation: false: the model makes no tokens` }
  }
  const paths = openapi?.body["paths"]
  if (!isObject(paths))
    return { available: true, evidence: `POST ${path} belongs to this engine; the server lists no routes` }
  return path in paths
    ? { available: true, evidence: `GET /openapi.json lists POST ${path}` }
    : { available: false, evidence: `GET /openapi.json does not list POST ${path}` }
}
