export const m0001Foundation = `
CREATE TABLE facets (
  id INTEGER PRIMARY KEY,
  backend TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  provenance TEXT NOT NULL,
  archived INTEGER NOT NULL,
  UNIQUE (backend, kind, status, provenance, archived)
) STRICT;

CREATE TABLE runs (
  ordinal INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  facet INTEGER NOT NULL REFERENCES facets (id),
  kind TEXT NOT NULL,
  backend TEXT NOT NULL,
  adapter TEXT NOT NULL,
  status TEXT NOT NULL,
  provenance TEXT NOT NULL,
  imported TEXT,
  adapter_error TEXT,
  error TEXT,
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT,
  workload_hash TEXT NOT NULL,
  resend TEXT,
  tags TEXT NOT NULL,
  note TEXT NOT NULL,
  pinned INTEGER NOT NULL,
  archived INTEGER NOT NULL,
  progress TEXT,
  validity TEXT NOT NULL,
  title TEXT NOT NULL,
  search TEXT NOT NULL
) STRICT;
-- Ends in the ordinal, as every index does: the runs of a facet in order.
CREATE INDEX runs_facet ON runs (facet);
CREATE INDEX runs_created_at ON runs (created_at);
CREATE INDEX runs_imported ON runs (imported ->> 'sha256') WHERE imported IS NOT NULL;

CREATE VIRTUAL TABLE run_search USING fts5 (
  search, content = 'runs', content_rowid = 'ordinal', tokenize = 'trigram', detail = none, columnsize = 0
);

CREATE TABLE run_records (
  run INTEGER PRIMARY KEY REFERENCES runs (ordinal),
  system_hash TEXT,
  fingerprint TEXT,
  request TEXT NOT NULL,
  metrics TEXT NOT NULL,
  raw_metrics TEXT NOT NULL,
  findings TEXT NOT NULL,
  score TEXT,
  output TEXT,
  traces TEXT NOT NULL,
  artifacts TEXT NOT NULL,
  reproduce TEXT NOT NULL
) STRICT;

CREATE TABLE run_tags (
  tag TEXT NOT NULL,
  facet INTEGER NOT NULL REFERENCES facets (id),
  ordinal INTEGER NOT NULL REFERENCES runs (ordinal),
  PRIMARY KEY (tag, facet, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE in_flight (
  run INTEGER PRIMARY KEY REFERENCES runs (ordinal),
  owner_pid INTEGER,
  owner_started_at TEXT,
  cancel_requested INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE events (
  seq INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (ordinal),
  at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX events_run ON events (run);

CREATE TABLE samples (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (ordinal),
  body TEXT NOT NULL
) STRICT;
CREATE INDEX samples_run ON samples (run);

CREATE TABLE traces (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs (ordinal),
  name TEXT NOT NULL,
  prompt_length INTEGER NOT NULL,
  semantics TEXT NOT NULL,
  length INTEGER NOT NULL,
  UNIQUE (run, name)
) STRICT;

CREATE TABLE trace_chunks (
  trace INTEGER NOT NULL REFERENCES traces (id),
  start INTEGER NOT NULL,
  length INTEGER NOT NULL,
  ids BLOB NOT NULL,
  logprobs BLOB NOT NULL,
  ranks BLOB,
  k INTEGER,
  top_ids BLOB,
  top_logprobs BLOB,
  tokens TEXT NOT NULL,
  UNIQUE (trace, start)
) STRICT;

CREATE TABLE artifacts (
  sha256 TEXT PRIMARY KEY,
  size_bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE comparisons (
  ordinal INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE backends (name TEXT PRIMARY KEY, config TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE probes (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
`
