import { createHash, timingSafeEqual } from "node:crypto"
import { isIP } from "node:net"
import type { Problem } from "@sglang-studio/core/contract"
import type { MiddlewareHandler } from "hono"
import { getCookie, setCookie } from "hono/cookie"
import { problem, problemResponse } from "./problem.ts"

/** Where the server listens and who may talk to it. */
export interface Policy {
  readonly host: string
  readonly port: number
  /** Null on loopback only: there the machine's own user is trusted. */
  readonly token: string | null
}

export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."))

/** What a request says of itself, as far as trust in it goes. */
export interface Approach {
  readonly method: string
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly contentType: string | undefined
  /** Hash of the token that it carries. */
  readonly credential: string | undefined
}

/**
 * Why a request is turned away; null lets it in. On loopback the Host must be ours, so that a page whose name was
 * pointed at this machine reaches nothing; elsewhere the token, which such a page cannot have, does that.
 */
export const refusal = (request: Approach, policy: Policy): Problem | null => {
  if (isLoopback(policy.host) && !isOurHost(request.host, policy)) {
    return problem(403, "host-not-allowed", `This server does not answer for the host "${request.host ?? ""}".`, {
      hint: `Open http://127.0.0.1:${policy.port} or http://localhost:${policy.port}.`
    })
  }
  if (policy.token !== null && !sameHash(request.credential, hashOf(policy.token))) {
    return problem(401, "token-required", "This server answers only to those who know its token.", {
      hint: "Open the page once with ?token=TOKEN, or send Authorization: Bearer TOKEN."
    })
  }
  if (request.method === "GET" || request.method === "HEAD") return null
  if (request.origin !== undefined && hostOf(request.origin) !== request.host?.toLowerCase()) {
    return problem(403, "origin-not-allowed", `A page of ${request.origin} may not change anything here.`, {
      hint: "Use the studio's own page, or a client that sends no Origin."
    })
  }
  if (request.contentType?.split(";")[0]?.trim().toLowerCase() !== "application/json") {
    return problem(415, "content-type", "A request that changes something must be JSON.", {
      hint: "Send Content-Type: application/json."
    })
  }
  return null
}

/**
 * Turns away what `refusal` names; a GET with the right `?token=` gets a cookie and is sent on without it. Whether the
 * server lives is told to anyone.
 */
export const guard = (policy: Policy): MiddlewareHandler => {
  const cookie = `studio-${policy.port}`
  return async (c, next) => {
    const given = c.req.method === "GET" ? c.req.query("token") : undefined
    const bearer = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1]
    const token = given ?? bearer
    const refused = refusal(
      {
        method: c.req.method,
        host: c.req.header("host"),
        origin: c.req.header("origin"),
        contentType: c.req.header("content-type"),
        credential: token === undefined ? getCookie(c, cookie) : hashOf(token)
      },
      c.req.path === "/health" ? { ...policy, token: null } : policy
    )
    if (refused !== null)
      return problemResponse(refused, refused.status === 401 ? { "www-authenticate": "Bearer" } : {})
    if (given === undefined || policy.token === null) return next()
    setCookie(c, cookie, hashOf(given), { httpOnly: true, sameSite: "Lax", path: "/" })
    const target = new URL(c.req.url)
    target.searchParams.delete("token")
    return c.redirect(target.pathname + target.search, 303)
  }
}

/** Everything on the page comes from here, and no other page may frame or read it. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  for (const [name, value] of headers) c.res.headers.set(name, value)
}

const headers = [
  [
    "content-security-policy",
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
  ],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  ["referrer-policy", "no-referrer"],
  ["x-content-type-options", "nosniff"]
] as const

const isOurHost = (host: string | undefined, { host: bound, port }: Policy): boolean => {
  const name = host?.toLowerCase()
  return ["localhost", "127.0.0.1", "[::1]", bound].some(
    (ours) => name === `${ours}:${port}` || (port === 80 && name === ours)
  )
}

const hostOf = (origin: string): string | null => (URL.canParse(origin) ? new URL(origin).host : null)

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex")

const sameHash = (given: string | undefined, wanted: string): boolean =>
  given?.length === wanted.length && timingSafeEqual(Buffer.from(given), Buffer.from(wanted))
