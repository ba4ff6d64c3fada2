/**
 * Whether a setting of this name holds a secret: `api_key`, `--admin-api-key`, `HF_TOKEN`, `client_secret`, `password`,
 * `authorization`. Names that speak of the model's tokens (`eos_token`, `max_new_tokens`, `token_ids`) do not.
 */
export const isSecretName = (name: string): boolean => kindOf(name) !== "plain"

/** Whether this value under this name is a secret: the name says so, and the value is one rather than `None`. */
export const announcesSecret = (name: string, value: string): boolean => {
  if (/^(?:none|null|undefined|true|false|\$\{?\w+\}?|\*+|)$/iu.test(value)) return false
  switch (kindOf(name)) {
    case "plain":
      return false
    case "secret":
      return true
    // "token" is also what a model reads and writes. A credential is in one piece, and no `<|end|>` or `[SEP]`.
    case "named token":
      return /^[^\s<[|]{6,}$/u.test(value)
    case "token":
      return /^[^\s<[|]{16,}$/u.test(value)
  }
}

const kindOf = (name: string): "plain" | "secret" | "named token" | "token" => {
  const words = name
    .replace(/([a-z0-9])([A-Z])/gu, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/u)
    .filter((word) => word !== "")
  const last = words.at(-1)
  if (words.some((word) => secretWords.has(word))) return "secret"
  if (last === "key" || last === "keys") return keyOwners.has(words.at(-2) ?? "") ? "secret" : "plain"
  if (last !== "token") return "plain"
  if (words.length === 1) return "token"
  return words.some((word) => modelWords.has(word)) ? "plain" : "named token"
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "))
const secretWords = set("password passwd secret secrets authorization credential credentials apikey")
const keyOwners = set("api access private admin secret account master")
/** What makes a token one of the model's. */
const modelWords = set(
  "bos eos pad unk sep cls mask stop image audio video first next last per time special label start end think begin new input output prompt"
)
