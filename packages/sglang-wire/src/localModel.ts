import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { SglangConfig } from "./config.ts"
import { isObject, parseLooseJson } from "./looseJson.ts"

/** What the model folder named in the settings says, where it lies on this machine. */
export interface LocalModel {
  readonly vocabulary: number | null
  /** `sha256:` of tokenizer.json. */
  readonly tokenizerHash: string | null
}

export const readLocalModel = async (config: SglangConfig): Promise<LocalModel> => ({
  vocabulary: await vocabularySize(config.model),
  tokenizerHash: await tokenizerHash(config.tokenizer ?? config.model)
})

const vocabularySize = async (folder: string | undefined): Promise<number | null> => {
  const text = await readInside(folder, "config.json")
  if (text === null) return null
  const { value } = parseLooseJson(text, `${folder}/config.json`)
  const size = isObject(value) ? value["vocab_size"] : null
  return typeof size === "number" ? size : null
}

const tokenizerHash = async (folder: string | undefined): Promise<string | null> => {
  const text = await readInside(folder, "tokenizer.json")
  return text === null ? null : `sha256:${createHash("sha256").update(text).digest("hex")}`
}

const readInside = async (folder: string | undefined, name: string): Promise<string | null> =>
  folder === undefined ? null : readFile(join(folder, name), "utf8").catch(() => null)
