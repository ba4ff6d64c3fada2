/** `POST /compares`: `left_run_id` and `right_run_id` name the two arms. */
export const translateCompare = (input: unknown): unknown => {
  if (!isFields(input) || !("left_run_id" in input || "right_run_id" in input)) return input
  const { left_run_id, right_run_id, ...rest } = input
  return { ...rest, run_ids: [left_run_id, right_run_id] }
}

/**
 * `POST /runs`: `mode` says what is asked, `score_input` holds it and `mask_config` its mask. What the run itself does
 * not act on, `tolerance` and `repro_metadata`, is kept as tags.
 */
export const translateSubmit = (input: unknown): unknown => {
  if (!isFields(input) || !("mode" in input) || "request" in input) return input
  const { mode, score_input, mask_config, tolerance, repro_metadata, tags = [], ...rest } = input
  const kept = [...tagsOf("tolerance", tolerance), ...tagsOf("repro", repro_metadata)]
  return {
    ...rest,
    request: requestOf(mode, score_input, mask_config),
    tags: Array.isArray(tags) ? [...tags, ...kept] : tags
  }
}

/** `POST /cases`: the input may stand apart, as `input: {score}`, `input: {generate}` or the case's own keys. */
export const translateCase = (input: unknown): unknown => {
  if (!isFields(input) || !isFields(input["input"])) return input
  const { input: asked, ...rest } = input
  const { generate, ...own } = asked as Fields
  return { ...rest, ...own, ...(isFields(generate) ? generate : {}) }
}

type Fields = { readonly [key: string]: unknown }

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const requestOf = (mode: unknown, score: unknown, mask: unknown): Fields => {
  if (mode !== "score") return { [String(mode)]: { entrypoint: "serving" } }
  return { score: isFields(score) && mask !== undefined ? { mask, ...score } : score }
}

const tagsOf = (prefix: string, value: unknown): readonly string[] =>
  isFields(value)
    ? Object.entries(value).map(
        ([key, field]) => `${prefix}.${key}=${typeof field === "string" ? field : JSON.stringify(field)}`
      )
    : []
