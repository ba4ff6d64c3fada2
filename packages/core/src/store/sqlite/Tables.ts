import type { Generated } from "kysely"

/** Every table and column of the newest schema. Columns that hold JSON say so; `*_at` are RFC 3339 UTC. */
export interface Tables {
  readonly runs: RunsTable
  readonly run_records: RunRecordsTable
  readonly facets: FacetsTable
  readonly run_tags: RunTagsTable
  readonly run_search: RunSearchTable
  readonly in_flight: InFlightTable
  readonly events: { seq: Generated<number>; run: number; at: string; body: string }
  readonly samples: { id: Generated<number>; run: number; body: string }
  readonly traces: TracesTable
  readonly trace_chunks: TraceChunksTable
  readonly artifacts: { sha256: string; size_bytes: number }
  readonly comparisons: { ordinal: Generated<number>; id: string; body: string }
  readonly cases: { ordinal: Generated<number>; id: string; name: string; body: string }
  readonly consistency_reports: { ordinal: Generated<number>; id: string; backend: string; body: string }
  readonly campaigns: CampaignsTable
  readonly baselines: BaselinesTable
  readonly waivers: { ordinal: Generated<number>; id: string; suite: string; body: string }
  readonly backends: { name: string; config: string }
  readonly probes: { name: string; body: string }
}

/** What a row of a run list needs. `ordinal` is the order of creation and the key that other tables refer to. */
export interface RunsTable {
  ordinal: Generated<number>
  id: string
  /** The row of `facets` with the same values. */
  facet: number
  kind: string
  backend: string
  adapter: string
  status: string
  provenance: string
  /** JSON or null, as `adapter_error`, `error` and `progress`. */
  imported: string | null
  adapter_error: string | null
  error: string | null
  created_at: string
  started_at: string | null
  finished_at: string | null
  workload_hash: string
  /** JSON or null: the run only checks another one. */
  resend: string | null
  campaign: string | null
  /** JSON array; `run_tags` holds the same for filtering. */
  tags: string
  note: string
  pinned: number
  archived: number
  progress: string | null
  /** The outcome alone; the findings are in `run_records`. */
  validity: string
  /** JSON or null: of its metrics the one that a list shows. */
  key_metric: string | null
  title: string
  /** Lower-case text that a substring search looks through. */
  search: string
}

/**
 * The combinations that occur of what a list is filtered by: a few dozen. Each has its runs in order in an index, so
 * the newest runs of any filter are the newest of a few such lists, however many runs there are.
 */
export interface FacetsTable {
  id: Generated<number>
  backend: string
  kind: string
  status: string
  provenance: string
  archived: number
}

/** `facet` is the run's, so that a tag can be combined with any other filter. */
export interface RunTagsTable {
  tag: string
  facet: number
  ordinal: number
}

/** Trigrams of `runs.search`, where `rowid` is the ordinal. A row goes by inserting it again with the command `delete`. */
export interface RunSearchTable {
  rowid: number
  search: string
  run_search: Generated<"delete" | null>
}

/** The rest of a run, all JSON but the hash. */
export interface RunRecordsTable {
  run: number
  system_hash: string | null
  fingerprint: string | null
  request: string
  metrics: string
  raw_metrics: string
  findings: string
  score: string | null
  output: string | null
  traces: string
  artifacts: string
  reproduce: string
}

/** Unfinished runs only: who executes them, and whether someone asked for their end. Not part of the record. */
export interface InFlightTable {
  run: number
  owner_pid: number | null
  owner_started_at: string | null
  cancel_requested: Generated<number>
}

export interface TracesTable {
  id: Generated<number>
  run: number
  name: string
  prompt_length: number
  semantics: string
  length: number
}

/** Columns of positions `[start, start + length)`, little-endian typed arrays; `tokens` is JSON. */
export interface TraceChunksTable {
  trace: number
  start: number
  length: number
  ids: Uint8Array
  logprobs: Uint8Array
  ranks: Uint8Array | null
  k: number | null
  top_ids: Uint8Array | null
  top_logprobs: Uint8Array | null
  tokens: string
}

/** Owner and request are set only while a process is at it. */
export interface CampaignsTable {
  ordinal: Generated<number>
  id: string
  suite: string
  status: string
  created_at: string
  owner_pid: number | null
  owner_started_at: string | null
  /** What somebody asked the owner to do: `cancel` or `pause`. */
  request: string | null
  /** JSON that never changes: suite, backends, options. */
  brief: string
  plan: string
  state: string
}

export interface BaselinesTable {
  ordinal: Generated<number>
  id: string
  suite: string
  name: string
  /** Case, point and backend as one text. */
  place: string
  superseded_at: string | null
  body: string
}
