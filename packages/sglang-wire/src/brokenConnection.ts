import { AdapterError, isAdapterError } from "@sglang-studio/core/adapter"

/** Codes of a connection that never came about. */
const neverConnected: { readonly [code: string]: string } = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "the host name is unknown",
  EAI_AGAIN: "the host name could not be looked up",
  EHOSTUNREACH: "there is no route to the host",
  ENETUNREACH: "there is no route to the network",
  ETIMEDOUT: "the host does not answer",
  EADDRNOTAVAIL: "the address cannot be used"
}

/** Says what a failed connection means. `what` is the request, such as `GET /server_info`. */
export const brokenConnection = (cause: unknown, url: string, what: string): AdapterError => {
  if (isAdapterError(cause)) return cause
  const { code, message } = facts(cause)
  const because = neverConnected[code]
  if (because !== undefined) {
    return new AdapterError({
      reason: "unreachable",
      message: `Cannot reach ${url}: ${because} (${code}).`,
      hint: "Start the server, or correct the address of the backend."
    })
  }
  if (code.startsWith("HPE_") || code === "EPROTO" || code.startsWith("ERR_SSL")) {
    return new AdapterError({
      reason: "not-this-engine",
      message: `${url} does not speak HTTP${url.startsWith("https:") ? "S" : ""}: ${message}.`,
      hint: "Check the port, and whether the address begins with the right one of http:// and https://."
    })
  }
  if (code === "ECONNRESET" || code === "EPIPE" || code === "ERR_STREAM_PREMATURE_CLOSE") {
    return new AdapterError({
      reason: "crashed",
      message: `${url} closed the connection while it worked on ${what} (${code}).`,
      hint: "Look at the server's own log: it probably died on this request."
    })
  }
  return new AdapterError({
    reason: "unreachable",
    message: `Cannot talk to ${url}: ${message}${code === "" ? "" : ` (${code})`}.`,
    hint: "Check the address of the backend and whether the server runs."
  })
}

const facts = (cause: unknown): { code: string; message: string } => {
  if (typeof cause !== "object" || cause === null) return { code: "", message: String(cause) }
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : ""
  const message = "message" in cause && typeof cause.message === "string" ? cause.message : ""
  return { code, message: message === "" ? code : message }
}
