import { AdapterError } from "@sglang-studio/core/adapter"

export const invalidRequest = (message: string, hint: string): AdapterError =>
  new AdapterError({ reason: "invalid-request", message, hint })
