export const m0003Campaigns = `
ALTER TABLE runs ADD COLUMN campaign TEXT;
-- Ends in the ordinal: the runs of a campaign in order.
CREATE INDEX runs_campaign ON runs (campaign ->> 'id') WHERE campaign IS NOT NULL;
`
