import type { RunRequest } from "@sglang-studio/core/domain"
import { checkFlags } from "./bench/command.ts"
import { isOwnEntrypoint } from "./bench/Programs.ts"
import { checkGenerate, checkScore, servedMasks } from "./checkRequest.ts"
import { loadEntrypoint, readLoadSettings } from "./load/settings.ts"

/** Refuses with `invalid-request` what can be told to be wrong without a server. */
export const checkAsked = (request: RunRequest): void => {
  if ("generate" in request) return checkGenerate(request.generate, noLimits)
  if ("score" in request) {
    const { mask } = request.score
    // Another mask is no mistake of the request: its run tells that this backend has none.
    return mask === null || servedMasks.includes(mask.preset) ? checkScore(request.score, noLimits) : undefined
  }
  const { entrypoint, set } = request.benchmark
  if (entrypoint === loadEntrypoint) readLoadSettings(set)
  if (isOwnEntrypoint(entrypoint)) checkFlags(entrypoint, set)
}

const noLimits = { contextLength: null, maxInputTokens: null, vocabulary: null }
