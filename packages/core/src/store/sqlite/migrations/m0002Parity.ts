export const m0002Parity = `
CREATE TABLE cases (
  ordinal INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE consistency_reports (
  ordinal INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  backend TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
-- Ends in the ordinal: the reports of a backend in order.
CREATE INDEX consistency_reports_backend ON consistency_reports (backend);
`
