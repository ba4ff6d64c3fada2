import type {
  CampaignStatus,
  Outcome,
  Provenance,
  RunStatus,
  ValidityOutcome,
  ImportNote,
  Comparability
} from "@sglang-studio/core/domain"

type BadgeKind = Outcome | CampaignStatus | ValidityOutcome | RunStatus | Comparability["outcome"] | "none"

const glyphs: Record<BadgeKind, string> = {
  pass: "\u2713",
  fail: "\u2715",
  inconclusive: "~",
  valid: "\u2713",
  suspect: "~",
  invalid: "\u2715",
  queued: "\u00b7",
  starting: "\u25cb",
  running: "\u25d0",
  succeeded: "\u2713",
  failed: "\u2715",
  cancelled: "\u2013",
  interrupted: "~",
  paused: "\u2016",
  comparable: "\u2713",
  flagged: "~",
  refused: "\u2715",
  none: "\u00b7"
}

/** Glyph, word and colour: never colour alone. */
export const Badge = ({ kind, text = kind, loud = false }: { kind: BadgeKind; text?: string; loud?: boolean }) => (
  <span class={`badge ${kind}${loud ? " loud" : ""}`}>
    <span aria-hidden="true">{glyphs[kind]}</span>
    {text}
  </span>
)

/** Where a run's numbers come from; real ones carry nothing. */
export const OriginBadges = ({ provenance, imported }: { provenance: Provenance; imported: ImportNote | null }) => (
  <>
    {provenance === "mock" && (
      <span class="origin mock" title="Made by the mock adapter: no engine was measured">
        MOCK
      </span>
    )}
    {provenance === "mock-fallback" && (
      <span class="origin fallback" title="The engine could not be reached; the mock answered instead">
        FALLBACK
      </span>
    )}
    {provenance === "unknown" && (
      <span class="origin" title="A foreign file: nothing says where its numbers come from">
        UNKNOWN
      </span>
    )}
    {imported !== null && (
      <span class="origin" title={`Imported from ${imported.from}`}>
        IMPORTED
      </span>
    )}
  </>
)
