import { AdapterError } from "@sglang-studio/core/adapter"

/** A request that must not be sent: names the field, shows the value, says how to put it right. */
export const refuse = (field: string, problem: string, hint: string, detail?: string): AdapterError =>
  new AdapterError({
    reason: "invalid-request",
    message: `${field}: ${problem}`,
    hint,
    ...(detail === undefined ? {} : { detail })
  })
