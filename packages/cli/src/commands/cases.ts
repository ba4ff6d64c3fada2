import type { Studio } from "@sglang-studio/core"
import { encode, ParityCase as ParityCaseCodec } from "@sglang-studio/core/codec"
import type { CaseInput, ParityCase, TokenInput } from "@sglang-studio/core/domain"
import { count } from "@sglang-studio/core/gate"
import type { Command } from "commander"
import { exitCode } from "../exitCode.ts"
import { collect, withGlobalOptions, type GlobalOptions } from "../globalOptions.ts"
import { openCliStudio } from "../openCliStudio.ts"
import { UsageError } from "../output/reportError.ts"
import { table } from "../output/table.ts"
import { parseIds, readLines, readText } from "../readInput.ts"
import { readCaseText, runParity, type ParityFlags, withParityOptions } from "./parity.ts"

interface TagFlags extends GlobalOptions {
  readonly tag?: string
}

interface AddFlags extends GlobalOptions {
  readonly prompt?: string
  readonly promptFile?: string
  readonly inputIds?: string
  readonly query?: string
  readonly item?: readonly string[]
  readonly itemsFile?: string
  readonly label?: readonly string[]
  readonly labelId?: readonly string[]
  readonly softmax?: boolean
  readonly itemFirst?: boolean
  readonly tolerance?: string
  readonly tag?: readonly string[]
}

/** `studio cases`: named inputs whose answers backends should share. */
export function casesCommand(program: Command, finish: (code: number) => void): void {
  const cases = program.command("cases").description("list, add, run, import and export parity cases")
  withGlobalOptions(cases.command("list"))
    .option("--tag <tag>", "only with this tag")
    .action(async (flags: TagFlags) => {
      await using studio = await openCliStudio(flags)
      const items = await studio.cases.list(filterOf(flags))
      if (flags.json) console.log(JSON.stringify({ items: items.map((item) => encode(ParityCaseCodec)(item)) }))
      else console.log(listText(items))
      finish(exitCode.pass)
    })

  withGlobalOptions(cases.command("add"))
    .description("store a case")
    .argument("<name>", "its name")
    .option("--prompt <text>", "the prompt")
    .option("--prompt-file <file>", "read the prompt from a file")
    .option("--input-ids <json>", "the prompt as token ids")
    .option("--query <text>", "the query of a score")
    .option("--item <text>", "an item; repeat for more", collect)
    .option("--items-file <file>", "items, one a line or a JSON array")
    .option("--label <text>", "a label that is one token, such as ' yes'; repeat for more", collect)
    .option("--label-id <id>", "a label as token id", collect)
    .option("--softmax", "normalise over the labels")
    .option("--item-first", "put the item before the query")
    .option("--tolerance <d>", "largest difference that is allowed")
    .option("--tag <tag>", "tag the case", collect)
    .action(async (name: string, flags: AddFlags) => {
      const spec = { ...inputOf(flags), name, tolerance: toleranceOf(flags.tolerance), tags: flags.tag ?? [] }
      await using studio = await openCliStudio(flags)
      print(await studio.cases.add(spec), flags)
      finish(exitCode.pass)
    })

  withParityOptions(withGlobalOptions(cases.command("run")))
    .description("put stored cases to several backends")
    .argument("[cases...]", "names or ids (default: all)")
    .option("--only <tag>", "only cases with this tag")
    .action(async (ids: readonly string[], flags: ParityFlags & { readonly only?: string }) => {
      await using studio = await openCliStudio(flags)
      const chosen = { ...(ids.length > 0 && { ids }), ...(flags.only !== undefined && { tag: flags.only }) }
      finish(await runParity(flags, (options) => studio.cases.run({ ...options, ...chosen })))
    })

  withGlobalOptions(cases.command("import"))
    .description("store the cases of a file; a case whose name is there takes its place")
    .argument("<file>", "cases, one JSON object a line; - reads stdin")
    .action(async (file: string, flags: GlobalOptions) => {
      const lines = readCaseText(file)
      await using studio = await openCliStudio(flags)
      const items = await studio.cases.import(lines, file === "-" ? "stdin" : file)
      if (flags.json) console.log(JSON.stringify({ items: items.map((item) => encode(ParityCaseCodec)(item)) }))
      else console.log(`${items.length} ${items.length === 1 ? "case" : "cases"} stored`)
      finish(exitCode.pass)
    })

  withGlobalOptions(cases.command("export"))
    .description("print cases, one JSON object a line, for `cases import` and `parity --cases`")
    .option("--tag <tag>", "only with this tag")
    .action(async (flags: TagFlags) => {
      await using studio = await openCliStudio(flags)
      await write(await exported(studio, flags))
      finish(exitCode.pass)
    })
}

const filterOf = ({ tag }: TagFlags) => (tag === undefined ? {} : { tag })

/** With `--json` the lines are one document, as everywhere. */
async function exported(studio: Studio, flags: TagFlags): Promise<string> {
  const lines = await studio.cases.export(filterOf(flags))
  return flags.json ? `{"items":[${lines.trimEnd().split("\n").join(",")}]}\n` : lines
}

/** Waits for a slow reader: what is left in a pipe when the process exits is lost. */
const write = (text: string) => new Promise<void>((resolve) => process.stdout.write(text, () => resolve()))

function inputOf(flags: AddFlags): CaseInput {
  const prompts = [flags.prompt, flags.promptFile, flags.inputIds].filter((value) => value !== undefined)
  if (prompts.length + (flags.query === undefined ? 0 : 1) !== 1)
    throw new UsageError(
      "A case needs exactly one input: --prompt, --prompt-file, --input-ids, or --query with items.",
      "studio cases add greeting --prompt 'Good morning'",
      { path: "prompt" }
    )
  if (flags.inputIds !== undefined) return { inputIds: parseIds(flags.inputIds, "--input-ids") }
  if (flags.promptFile !== undefined) return { prompt: readText(flags.promptFile, "--prompt-file") }
  if (flags.prompt !== undefined) return { prompt: flags.prompt }
  return { score: scoreOf(flags) }
}

function scoreOf({ query = "", item, itemsFile, label, labelId, softmax, itemFirst }: AddFlags) {
  const items: readonly TokenInput[] = item ?? (itemsFile === undefined ? [] : readLines(itemsFile, "--items-file"))
  if (items.length === 0)
    throw new UsageError("Items are needed: --item or --items-file.", "--item ' first' --item ' second'", {
      path: "items"
    })
  if ((label === undefined) === (labelId === undefined))
    throw new UsageError(
      "Labels are needed, as texts or as ids, not both.",
      "--label ' yes' --label ' no', or --label-id 260 --label-id 16",
      { path: "labels" }
    )
  return {
    query,
    items,
    labels: label ?? null,
    labelTokenIds: labelId?.map(tokenId) ?? null,
    applySoftmax: softmax ?? false,
    itemFirst: itemFirst ?? false
  }
}

function tokenId(value: string): number {
  const id = Number(value)
  if (Number.isInteger(id) && id >= 0) return id
  throw new UsageError(`--label-id "${value}" is no token id.`, "Token ids are integers from 0.", {
    path: "label_token_ids"
  })
}

function toleranceOf(value: string | undefined): number | null {
  if (value === undefined) return null
  const tolerance = Number(value)
  if (tolerance > 0 && Number.isFinite(tolerance)) return tolerance
  throw new UsageError(`--tolerance "${value}" is no number above 0.`, "--tolerance 0.01", { path: "tolerance" })
}

const print = (item: ParityCase, flags: GlobalOptions) =>
  console.log(flags.json ? JSON.stringify(encode(ParityCaseCodec)(item)) : `case ${item.name}  (${item.id})`)

const glyphs = { pass: "✓", fail: "✕", inconclusive: "~" } as const

function listText(items: readonly ParityCase[]): string {
  if (items.length === 0) return "No cases. Make one: studio cases add greeting --prompt 'Good morning'"
  return table(
    items.map((item) => [
      item.name,
      clip(summary(item)),
      item.tags.join(","),
      item.verdicts
        .map(({ baseline, candidate, outcome }) => `${glyphs[outcome]} ${outcome} ${baseline} → ${candidate}`)
        .join("; ")
    ]),
    ""
  )
}

function summary(item: ParityCase): string {
  if ("prompt" in item) return JSON.stringify(item.prompt)
  if ("inputIds" in item) return count(item.inputIds.length, "token id")
  return `${count(item.score.items.length, "item")}: ${typeof item.score.query === "string" ? JSON.stringify(item.score.query) : "token ids"}`
}

const clip = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text)
