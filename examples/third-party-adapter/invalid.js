// @ts-check
import { AdapterError } from "@sglang-studio/core/adapter"

/** What a request has to be told that cannot be answered. @param {string} message @param {string} hint */
export const invalid = (message, hint) => new AdapterError({ reason: "invalid-request", message, hint })
