import { AdapterError } from "@sglang-studio/core/adapter"
import { settingNames } from "./Settings.ts"

/**
 * Reads `SCENARIO[,key=value…]`, the text after `mock:` in a backend spec. Names and values are checked when the
 * backend is opened.
 */
export const parseSpec = (text: string): { readonly [setting: string]: string | number | boolean } => {
  const [scenario = "", ...pairs] = text.split(",")
  return { ...(scenario !== "" && { scenario }), ...Object.fromEntries(pairs.map(parsePair)) }
}

const parsePair = (pair: string): readonly [string, string | number | boolean] => {
  const equals = pair.indexOf("=")
  if (equals < 1)
    throw new AdapterError({
      reason: "invalid-request",
      message: `"${pair}" is not key=value in the spec of a mock.`,
      hint: `Write mock:SCENARIO,key=value with keys of ${settingNames.join(", ")}.`
    })
  return [pair.slice(0, equals), parseValue(pair.slice(equals + 1))]
}

const parseValue = (text: string): string | number | boolean => {
  if (text === "true" || text === "false") return text === "true"
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text
}
