import { readFileSync } from "node:fs"
import type { MaskChoice, TokenInput } from "@sglang-studio/core/domain"
import type { Command } from "commander"
import { withBackends } from "../backendOption.ts"
import { collect, withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { UsageError } from "../output/reportError.ts"
import { readLines, readText } from "../readInput.ts"
import { runAndCompare } from "../runAndCompare.ts"

interface ScoreFlags extends GlobalOptions {
  readonly backend: readonly string[]
  readonly query?: string
  readonly queryFile?: string
  readonly item?: readonly string[]
  readonly itemsFile?: string
  readonly label?: readonly string[]
  readonly labelId?: readonly number[]
  readonly softmax?: boolean
  readonly itemFirst?: boolean
  readonly oneByOne?: boolean
  readonly mask?: string
  readonly tag?: readonly string[]
  readonly timeout?: number
}

/** `studio score`: the probability of label tokens after query + item, on every backend. */
export function scoreCommand(program: Command, finish: (code: number) => void): void {
  withBackends(withGlobalOptions(program.command("score")))
    .description("score items against a query on every backend, and compare")
    .option("--query <text>", "the query")
    .option("--query-file <file>", "read the query from a file")
    .option("--item <text>", "an item; repeat for more", collect)
    .option("--items-file <file>", "items, one a line or a JSON array")
    .option("--label <text>", "a label that is one token, such as ' yes'; repeat for more", collect)
    .option("--label-id <id>", "a label as token id", (value: string, all: readonly number[] = []) => [
      ...all,
      tokenId(value)
    ])
    .option("--softmax", "normalise over the labels")
    .option("--item-first", "put the item before the query")
    .option("--one-by-one", "score every item alone too (default with several backends)")
    .option("--no-one-by-one", "one request only")
    .option("--mask <preset|file>", "attention mask: causal, bidirectional-prefix, doc-isolation, or a JSON matrix")
    .option("--tag <tag>", "tag the runs", collect)
    .option("--timeout <seconds>", "end a run that takes longer", Number)
    .action(async (flags: ScoreFlags) => {
      const query = queryOf(flags)
      const items = itemsOf(flags)
      const labels = flags.label ?? null
      const labelTokenIds = flags.labelId ?? null
      if ((labels === null) === (labelTokenIds === null))
        throw new UsageError(
          "Labels are needed, as texts or as ids, not both.",
          "--label ' yes' --label ' no', or --label-id 260 --label-id 16",
          {
            path: "labels"
          }
        )
      finish(
        await runAndCompare(flags, {
          score: {
            query,
            items,
            labels,
            labelTokenIds,
            applySoftmax: flags.softmax ?? false,
            itemFirst: flags.itemFirst ?? false,
            oneByOne: flags.oneByOne ?? flags.backend.length > 1,
            mask: maskOf(flags.mask)
          }
        })
      )
    })
}

function queryOf({ query, queryFile }: ScoreFlags): TokenInput {
  if ((query === undefined) === (queryFile === undefined))
    throw new UsageError(
      "A query is needed: either --query or --query-file.",
      "--query 'Does this answer the question?'",
      { path: "query" }
    )
  return query ?? readText(queryFile!, "--query-file")
}

function itemsOf({ item, itemsFile }: ScoreFlags): readonly TokenInput[] {
  if ((item === undefined) === (itemsFile === undefined))
    throw new UsageError("Items are needed: either --item or --items-file.", "--item ' first' --item ' second'", {
      path: "items"
    })
  const items = item ?? readLines(itemsFile!, "--items-file")
  if (items.length === 0)
    throw new UsageError("There are no items to score.", `${itemsFile} is empty; give one item a line.`, {
      path: "items"
    })
  return items
}

const presets = ["none", "causal", "bidirectional-prefix", "doc-isolation"] as const

function maskOf(mask: string | undefined): MaskChoice | null {
  if (mask === undefined) return null
  const preset = presets.find((name) => name === mask)
  if (preset !== undefined) return { preset, matrix: null }
  let matrix: unknown
  try {
    matrix = JSON.parse(readFileSync(mask, "utf8"))
  } catch (error) {
    throw new UsageError(
      `--mask "${mask}" is neither a preset nor a readable JSON file: ${(error as Error).message}`,
      `Presets: ${presets.join(", ")}.`,
      {
        path: "mask"
      }
    )
  }
  if (!isMatrix(matrix))
    throw new UsageError(`--mask ${mask} must hold a square matrix of 0 and 1.`, "[[1, 0], [1, 1]]", { path: "mask" })
  return { preset: "custom", matrix }
}

const isMatrix = (value: unknown): value is readonly (readonly number[])[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    (row) => Array.isArray(row) && row.length === value.length && row.every((cell) => cell === 0 || cell === 1)
  )

function tokenId(value: string): number {
  const id = Number(value)
  if (!Number.isInteger(id) || id < 0)
    throw new UsageError(`--label-id "${value}" is no token id.`, "Token ids are integers from 0.", {
      path: "label_token_ids"
    })
  return id
}
