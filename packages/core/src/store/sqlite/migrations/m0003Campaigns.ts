export const m0003Campaigns = `
ALTER TABLE runs ADD COLUMN campaign TEXT;
-- Ends in the ordinal: the runs of a campaign in order.
CREATE INDEX runs_campaign ON runs (campaign ->> 'id') WHERE campaign IS NOT NULL;

CREATE TABLE campaigns (
  ordinal INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  suite TEXT NOT NULL,
  status TEXT NOT NULL,
  created_at TEXT NOT NULL,
  owner_pid INTEGER,
  owner_started_at TEXT,
  request TEXT,
  brief TEXT NOT NULL,
  plan TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE INDEX campaigns_running ON campaigns (owner_pid) WHERE owner_pid IS NOT NULL;
CREATE INDEX campaigns_suite ON campaigns (suite);

CREATE TABLE baselines (
  ordinal INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  suite TEXT NOT NULL,
  name TEXT NOT NULL,
  -- Case, point and backend as one text.
  place TEXT NOT NULL,
  superseded_at TEXT,
  body TEXT NOT NULL
) STRICT;
-- One of a name is in use at each place.
CREATE UNIQUE INDEX baselines_in_use ON baselines (suite, name, place) WHERE superseded_at IS NULL;

CREATE TABLE waivers (
  ordinal INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  suite TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX waivers_suite ON waivers (suite);
`
