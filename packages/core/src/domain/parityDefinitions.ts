import type { MetricDefinition } from "./MetricDefinition.ts"

const figure = (
  label: string,
  unit: string,
  better: MetricDefinition["better"],
  meaning: string,
  formula: string
): MetricDefinition => ({ label, unit, better, meaning, formula, perRequest: false })

/** Every figure of how far two sides are apart, by its name in the JSON of a comparison or of a trace. */
export const parityDefinitions: { readonly [name: string]: MetricDefinition | undefined } = {
  max_abs_delta_logprob: figure(
    "Max |\u0394 logprob|",
    "nat",
    "lower",
    "Largest difference between the logprobs that the sides give the same token after the same tokens.",
    "max |candidate - baseline| over all compared positions"
  ),
  mean_abs_delta_logprob: figure(
    "Mean |\u0394 logprob|",
    "nat",
    "lower",
    "Mean difference of logprobs; one bad position moves it little.",
    "mean |candidate - baseline| over all compared positions"
  ),
  rms_delta_logprob: figure(
    "RMS \u0394 logprob",
    "nat",
    "lower",
    "Size of the difference of logprobs in which large ones weigh more.",
    "sqrt(mean (candidate - baseline)^2)"
  ),
  p99_abs_delta_logprob: figure(
    "P99 |\u0394 logprob|",
    "nat",
    "lower",
    "All but one in a hundred positions differ by no more; this is what the tolerance is held against.",
    "99th percentile of |candidate - baseline|"
  ),
  top1_agreement: figure(
    "Same best token",
    "ratio",
    "higher",
    "Share of positions at which both sides find the same token most likely.",
    "positions with equal first alternatives / positions with alternatives on both sides"
  ),
  kl_lower_bound: figure(
    "KL, at least",
    "nat",
    "lower",
    "How far the next-token distributions are apart at the least; what lies outside the two lists can only add to it.",
    "mean over positions of the sum of p ln(p / q) over the shared alternatives, plus one term for all other tokens"
  ),
  coverage: figure(
    "Coverage",
    "ratio",
    "higher",
    "Probability that the alternatives on both lists account for; where it is low, the lower bound of KL says little.",
    "mean over positions of the baseline's mass on the shared alternatives"
  ),
  support_mismatch: figure(
    "Impossible on one side",
    "positions",
    "lower",
    "Positions whose token is possible on one side and has probability zero on the other.",
    "count of a logprob of -inf beside a finite one"
  ),
  greedy: figure(
    "Greedy equal",
    "prompts",
    "higher",
    "Prompts whose greedy output is the same, token for token.",
    "equal / prompts asked of both sides at temperature 0"
  ),
  tolerance: figure(
    "Tolerance",
    "nat",
    null,
    "What the 99th percentile of the differences may be: by the number formats that the sides declare, widened by how far each is from itself.",
    "max(limit of the class + half a bfloat16 step for each side on that grid, 1.5 x noise floor within it)"
  ),
  max_abs_delta: figure(
    "Max |\u0394 score|",
    "probability",
    "lower",
    "Largest difference of a label's score over all items, as they were sent.",
    "max |candidate - baseline|"
  ),
  max_abs_delta_one_by_one: figure(
    "Max |\u0394 score|, one by one",
    "probability",
    "lower",
    "The same where every item was sent alone.",
    "max |candidate - baseline| of the scores sent one by one"
  ),
  batched_vs_single: figure(
    "Batch against one by one",
    "probability",
    "lower",
    "What a side makes of the same item in its batch and alone: a sound server gives one score.",
    "max |batched - one by one| of each side"
  ),
  rank_flips: figure(
    "Rankings changed",
    "requests",
    "lower",
    "Requests whose items stand in another order.",
    "requests with a pair of items ordered differently by the first label"
  ),
  top1_flips: figure(
    "Best item changed",
    "requests",
    "lower",
    "Requests whose best item is another one.",
    "requests where no item is best on both sides"
  ),
  tau_b: figure(
    "\u03c4-b",
    "",
    "higher",
    "How alike the two orders of the items are: 1 the same, 0 unrelated, -1 reversed.",
    "Kendall's tau-b of the first label's scores, mean over requests"
  ),
  score: figure(
    "Score",
    "probability",
    null,
    "Probability of a label as the next token after query and item, over the labels only where softmax is asked for.",
    "exp(logprob of the label), or that divided by the sum over the labels"
  ),
  logprob: figure(
    "Logprob",
    "nat",
    null,
    "Natural logarithm of the probability that the model gives this token after those before it.",
    "ln p"
  ),
  nll: figure("NLL", "nat", null, "How surprising the token is to the model.", "-ln p"),
  rank: figure(
    "Rank",
    "",
    null,
    "Place of the token among all tokens by probability; 1 is the most likely.",
    "1 + tokens that are more likely"
  ),
  delta_logprob: figure(
    "\u0394 logprob",
    "nat",
    null,
    "Difference of the two logprobs of one token; positive where the candidate finds it more likely.",
    "candidate - baseline"
  ),
  delta_over_tolerance: figure(
    "|\u0394| / tol",
    "",
    "lower",
    "The difference in units of the tolerance; above 1 it is marked.",
    "|candidate - baseline| / tolerance"
  ),
  missing_mass: figure(
    "Mass not listed",
    "ratio",
    null,
    "Probability of all tokens that are not among the listed alternatives.",
    "1 - sum of exp(logprob) over the alternatives"
  ),
  ratio: figure(
    "Change",
    "ratio",
    null,
    "What the candidate has of what the baseline has, shown as a percentage; several runs enter by their geometric mean.",
    "candidate / baseline - 1"
  ),
  interval: figure(
    "Interval",
    "ratio",
    null,
    "Where the change lies with 90 % confidence, 5 % left out at each end; runs are the unit, never single requests.",
    "t interval of ln(candidate / baseline), of paired runs where they were interleaved; none below 3 runs a side"
  )
}
