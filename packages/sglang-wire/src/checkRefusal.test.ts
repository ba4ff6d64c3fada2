import type { JsonObject } from "@sglang-studio/core/domain"
import { describe, expect, test } from "vitest"
import { checkRefusal, type Place } from "./checkRefusal.ts"

const refusal = (body: JsonObject, place: Place) => () => checkRefusal(body, "POST /generate", place)
const before = { isStream: true, hasTokens: false }
const after = { isStream: true, hasTokens: true }
const error = (body: object) => ({ error: { message: "m", ...body } })
const abort = (reason: object) => ({ meta_info: { finish_reason: { type: "abort", message: "m", ...reason } } })

describe("whose fault a failure inside an answer is", () => {
  test.each([
    ["SGLang-JAX's refusal tells nothing but a message", error({}), before, "invalid-request"],
    [
      "SGLang PyTorch's refusal",
      error({ type: "invalid_request_error", code: 400, retryable: false }),
      before,
      "invalid-request"
    ],
    ["a server error", error({ code: 500 }), before, "crashed"],
    ["a status as text", error({ code: "503" }), before, "crashed"],
    ["a type of error alone", error({ type: "internal_server_error" }), before, "crashed"],
    ["a type of refusal alone", error({ type: "BadRequestError" }), before, "invalid-request"],
    ["a code that is no status", error({ code: "model_not_found", type: "NotFoundError" }), before, "invalid-request"],
    ["too many requests", error({ code: 429 }), before, "crashed"],
    ["a bare text", { error: "m" }, before, "invalid-request"],
    ["anything after tokens", error({}), after, "crashed"],
    ["even a refusal after tokens", error({ code: 400 }), after, "crashed"],
    [
      "an abort for the request's sake",
      abort({ status_code: 400, err_type: "BadRequestError" }),
      before,
      "invalid-request"
    ],
    ["an abort of a server that is out of memory", abort({ status_code: 500 }), before, "crashed"],
    ["an abort that somebody ordered", abort({}), before, "crashed"],
    ["an abort after tokens", abort({ status_code: 400 }), after, "crashed"]
  ] as const)("%s", (_, body, place, reason) => {
    expect(refusal(body, place)).toThrow(expect.objectContaining({ reason }))
  })

  test("an ordinary event is none", () => {
    expect(refusal({ text: "a", error: null, meta_info: { finish_reason: null } }, before)).not.toThrow()
    expect(refusal({ meta_info: { finish_reason: { type: "stop", matched: 2 } } }, after)).not.toThrow()
  })

  test("the message says where it failed, with the status", () => {
    expect(refusal(error({ code: 500 }), after)).toThrow(
      "The server failed at POST /generate inside the stream after its first tokens (500): m"
    )
    expect(refusal(abort({}), before)).toThrow("The server aborted POST /generate: m")
  })
})
