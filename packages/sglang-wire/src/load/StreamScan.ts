import { isAdapterError } from "@sglang-studio/core/adapter"
import { checkRefusal } from "../checkRefusal.ts"
import { excerpt, isObject, numberOf, parseLooseObject } from "../looseJson.ts"

/** What one streamed answer showed. Times in milliseconds of the caller's clock. */
export interface Scanned {
  readonly firstTokenAt: number | null
  readonly lastTokenAt: number | null
  /** One for each token after those of the first event; tokens that came together share the gap before them. */
  readonly gaps: readonly number[]
  readonly tokens: number
  /** The last event that carried a token. */
  readonly lastEvent: string
  /** What the server reported inside the stream, or the first event that cannot be read; null: nothing. */
  readonly error: string | null
  /** Whether the stream was closed by its end mark. */
  readonly done: boolean
}

/**
 * Follows the events of `/generate` with `stream`. At full load parsing every event as JSON would take longer than a fast
 * server needs to make it, and their texts grow with every token: only the token count behind the text is looked for, and
 * an event is parsed where it lacks one, or its end, or is the last one.
 */
export const makeStreamScan = () => {
  let rest = ""
  let firstTokenAt: number | null = null
  let lastTokenAt: number | null = null
  const gaps: number[] = []
  let tokens = 0
  let lastEvent = ""
  let latest = ""
  let error: string | null = null
  let done = false

  const read = (lines: string, at: number): void => {
    const event = lines.startsWith(prefix) && !lines.includes("\n") ? lines : dataLine(lines)
    if (event.startsWith(endMark)) {
      done = true
      return
    }
    if (event.startsWith(errorMark)) {
      error ??= dataOf(event)
      return
    }
    if (event === "") return
    latest = event
    const count = tokensIn(event)
    if (count === null || !event.endsWith(usualEnd)) error ??= faultIn(event, tokens > 0)
    if (count === null || count <= tokens) return
    if (lastTokenAt === null) firstTokenAt = at
    else for (let token = tokens; token < count; token++) gaps.push((at - lastTokenAt) / (count - tokens))
    lastTokenAt = at
    tokens = count
    lastEvent = event
  }
  return {
    /** Takes a piece of the stream as it came at a time. */
    push: (chunk: Buffer, at: number): void => {
      rest += chunk.toString("latin1")
      // A line may end either way; within a value both are escaped.
      if (rest.includes("\r")) rest = rest.replaceAll("\r\n", "\n")
      let from = 0
      for (let end = rest.indexOf("\n\n"); end !== -1; end = rest.indexOf("\n\n", from)) {
        read(rest.slice(from, end), at)
        from = end + 2
      }
      if (from > 0) rest = rest.slice(from)
    },
    result: (): Scanned => {
      if (latest !== "") error ??= faultIn(latest, tokens > 0)
      return { firstTokenAt, lastTokenAt, gaps, tokens, lastEvent, error, done }
    }
  }
}

const prefix = "data: "
const endMark = "data: [DONE]"
const errorMark = 'data: {"error"'
/** `meta_info` comes last. */
const usualEnd = "}}"
const countMark = '"completion_tokens":'

/** The data among the lines of an event, as SGLang writes it; empty where there are only comments and other fields. */
const dataLine = (lines: string): string => {
  const line = lines.split("\n").find((one) => one.startsWith("data:"))
  return line === undefined ? "" : `${prefix}${line.slice("data:".length).trimStart()}`
}

const dataOf = (event: string): string => Buffer.from(event.slice(prefix.length), "latin1").toString("utf8")

/** Why an event is none of `/generate`, or says that the server gave up; null where it is an ordinary one. */
const faultIn = (event: string, hasTokens: boolean): string | null => {
  const data = dataOf(event)
  try {
    const { value } = parseLooseObject(data, "an event of the stream")
    checkRefusal(value, "POST /generate", { isStream: true, hasTokens })
    const { meta_info: meta } = value
    return isObject(meta) && numberOf(meta["completion_tokens"]) !== null
      ? null
      : `an event of the stream lacks meta_info.completion_tokens: ${excerpt(data)}`
  } catch (cause) {
    if (isAdapterError(cause)) return cause.message
    throw cause
  }
}

/** Inside a text the mark would stand behind a backslash, and the count stands behind the text. */
const tokensIn = (event: string): number | null => numberAfter(event, countMark)

/** The whole number behind the last mention of a key; null where there is none. */
export const numberAfter = (event: string, mark: string): number | null => {
  const at = event.lastIndexOf(mark)
  if (at === -1) return null
  const value = Number.parseInt(event.slice(at + mark.length, at + mark.length + 12), 10)
  return Number.isNaN(value) ? null : value
}
