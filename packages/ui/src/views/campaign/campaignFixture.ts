import type { Campaign, CampaignCell, CampaignRun, CellGate, MetricDelta } from "@sglang-studio/core/domain"

/** A campaign of tests; what a test is about is given. */
export const aCampaign = (change: Partial<Campaign>): Campaign => ({
  id: "c1",
  suite: "nightly",
  version: 1,
  status: "succeeded",
  createdAt: "2026-01-01T00:00:00Z",
  finishedAt: null,
  backends: ["pt", "jax"],
  provenances: ["real"],
  against: null,
  seed: 1,
  extended: false,
  stopped: null,
  planned: 0,
  succeeded: 0,
  failed: 0,
  progress: { done: 0, total: 0, elapsedMs: 0, etaMs: null },
  runs: [],
  skipped: [],
  cells: [],
  comparisons: [],
  verdict: null,
  ...change
})

export const aCell = (change: Partial<CampaignCell>): CampaignCell => ({
  case: "random",
  point: {},
  baseline: "pt",
  candidate: "jax",
  comparisonId: "k1",
  outcome: "pass",
  sentence: null,
  wouldDecide: null,
  usable: [5, 5],
  gates: [],
  metrics: [],
  ...change
})

/** A change of P95 E2E by a ratio, within 5 %. */
export const aGate = (change: Partial<CellGate>): CellGate => ({
  name: "p95",
  metric: "e2e_latency_ms.p95",
  outcome: "pass",
  reason: "equivalent",
  value: 1.02,
  margin: 0.05,
  interval: [1, 1.04],
  message: "",
  moreRunsNeeded: null,
  scale: "ratio",
  waiver: null,
  tier: "noise",
  ...change
})

export const aMetric = (change: Partial<MetricDelta>): MetricDelta => ({
  name: "e2e_latency_ms.p95",
  unit: "ms",
  values: [100, 102],
  ratio: 1.02,
  interval: null,
  p: null,
  ...change
})

export const aRun = (change: Partial<CampaignRun>): CampaignRun => ({
  key: "k",
  case: "random",
  point: {},
  backend: "pt",
  repeat: 1,
  block: 1,
  position: 1,
  phase: "measured",
  runId: null,
  status: "planned",
  validity: null,
  durationMs: null,
  ...change
})
