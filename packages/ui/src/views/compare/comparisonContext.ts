import type { Comparison } from "@sglang-studio/core/domain"
import { createContext } from "preact"

/** The comparison that is on screen; null where a single run is. */
export const ComparisonContext = createContext<Comparison | null>(null)
