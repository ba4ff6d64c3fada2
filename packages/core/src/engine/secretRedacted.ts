import type { Finding } from "../domain/validity.ts"

/** Tells a reader that what is stored is not all that was said. */
export const secretRedacted = (beside: readonly string[]): Finding => ({
  code: "secret-redacted",
  severity: "info",
  message: "Secrets were taken out before anything was stored.",
  evidence: { beside }
})
