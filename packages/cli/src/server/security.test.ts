import { describe, expect, test } from "vitest"
import { isLoopback, refusal, type Approach, type Policy } from "./security.ts"

const loopback: Policy = { host: "127.0.0.1", port: 5173, token: null }
const get = (host: string | undefined): Approach => ({
  method: "GET",
  host,
  origin: undefined,
  contentType: undefined,
  credential: undefined
})
const post = (more: Partial<Approach>): Approach => ({
  ...get("127.0.0.1:5173"),
  method: "POST",
  contentType: "application/json",
  ...more
})

describe("on loopback", () => {
  test.each(["127.0.0.1:5173", "localhost:5173", "LOCALHOST:5173", "[::1]:5173"])("the host %s is ours", (host) => {
    expect(refusal(get(host), loopback)).toBeNull()
  })

  test.each([
    undefined,
    "",
    "evil",
    "evil:5173",
    "localhost",
    "127.0.0.1",
    "127.0.0.1:80",
    "localhost:5173.evil.example",
    "localhost.evil.example:5173",
    "127.0.0.1:5173@evil"
  ])("the host %s is not", (host) => {
    expect(refusal(get(host), loopback)).toMatchObject({ status: 403, code: "host-not-allowed" })
  })

  test("on port 80 browsers leave the port out", () => {
    expect(refusal(get("localhost"), { ...loopback, port: 80 })).toBeNull()
  })

  test.each([undefined, "http://127.0.0.1:5173"])("the origin %s may change things", (origin) => {
    expect(refusal(post({ origin }), loopback)).toBeNull()
  })

  test.each([
    "null",
    "http://evil.example",
    "http://127.0.0.1:3000",
    "http://localhost:5173",
    "file://",
    "http://127.0.0.1:5173.evil.example"
  ])("the origin %s may not", (origin) => {
    expect(refusal(post({ origin }), loopback)).toMatchObject({ status: 403, code: "origin-not-allowed" })
  })

  test("a browser's form cannot speak JSON, so it changes nothing", () => {
    for (const contentType of [undefined, "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])
      expect(refusal(post({ contentType }), loopback)).toMatchObject({ status: 415 })
    expect(refusal(post({ contentType: "Application/JSON; charset=utf-8" }), loopback)).toBeNull()
  })
})

describe("beyond this machine", () => {
  const open: Policy = { host: "0.0.0.0", port: 5173, token: "secret" }
  // printf secret | sha256sum
  const credential = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"

  test("the token is asked for, whatever the host", () => {
    expect(refusal(get("studio.lan:5173"), open)).toMatchObject({ status: 401, code: "token-required" })
    expect(refusal({ ...get("studio.lan:5173"), credential: credential.replace("2", "3") }, open)).not.toBeNull()
    expect(refusal({ ...get("studio.lan:5173"), credential: "" }, open)).not.toBeNull()
    expect(refusal({ ...get("studio.lan:5173"), credential }, open)).toBeNull()
  })

  test("a token does not open the door to another page", () => {
    expect(refusal(post({ credential, host: "studio.lan:5173", origin: "http://evil.example" }), open)).toMatchObject({
      code: "origin-not-allowed"
    })
  })
})

test("what loopback is", () => {
  expect(["127.0.0.1", "127.1.2.3", "localhost", "::1"].every(isLoopback)).toBe(true)
  expect(["0.0.0.0", "::", "10.0.0.1", "127.0.0.1.evil.example", "localhost.evil.example", ""].some(isLoopback)).toBe(
    false
  )
})
