import { describe, expect, test } from "vitest"
import { refusalIn } from "./refusalIn.ts"

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
    expect(refusalIn(body, "POST /generate", place)?.reason).toBe(reason)
  })

  test("an ordinary event is none", () => {
    expect(refusalIn({ text: "a", error: null, meta_info: { finish_reason: null } }, "it", before)).toBeNull()
    expect(refusalIn({ meta_info: { finish_reason: { type: "stop", matched: 2 } } }, "it", before)).toBeNull()
  })

  test("the message says where it failed, with the status", () => {
    expect(refusalIn(error({ code: 500 }), "POST /generate", after)?.message).toBe(
      "The server failed at POST /generate inside the stream after its first tokens (500): m"
    )
    expect(refusalIn(abort({}), "POST /generate", before)?.message).toBe("The server aborted POST /generate: m")
  })
})
