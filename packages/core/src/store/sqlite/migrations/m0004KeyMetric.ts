export const m0004KeyMetric = `
ALTER TABLE runs ADD COLUMN key_metric TEXT;
`
