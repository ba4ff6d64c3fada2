import type { Context } from "@sglang-studio/core/adapter"
import type { SglangConfig } from "./config.ts"
import { openHttp, type Call, type Http } from "./http.ts"

/** One opened backend: its settings and its connection. */
export interface Wire {
  readonly config: SglangConfig
  readonly http: Http
}

export const openWire = (config: SglangConfig): Wire => ({ config, http: openHttp(config) })

/** A question about the server itself: answered at once or not at all. */
export const brief = (context: Context): Call => ({ signal: context.signal, silenceMs: 10_000 })

/** Work for the accelerator: a first request may compile for minutes; the run's own timeout is the bound. */
export const patient = (context: Context): Call => ({ signal: context.signal, silenceMs: 1_800_000 })
