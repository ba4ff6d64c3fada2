import { cpSync, mkdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { startServer, studio, temporaryFolder } from "./studio.ts"

const root = join(import.meta.dirname, "../../..")
const guide = readFileSync(join(root, "docs/parity.md"), "utf8")

/** A block of commands, and what the guide says that they print: lines, in their order, by their beginnings. */
interface Step {
  readonly commands: readonly string[]
  readonly printed: readonly string[]
}

const steps: readonly Step[] = [...guide.matchAll(/```sh\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/g)].map(
  ([, commands = "", printed = ""]) => ({ commands: lines(commands), printed: lines(printed) })
)

function lines(block: string): readonly string[] {
  return block.split("\n").filter((line) => line !== "")
}

/** The words of a command line: quotes hold words together. */
const words = (command: string): readonly string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "")

describe("the guide to parity", () => {
  test("has commands to follow", () => expect(steps.flatMap((step) => step.commands).length).toBeGreaterThan(8))

  test.each(steps.map((step) => [step.commands[0], step] as const))("%s", (_, { commands, printed }) => {
    const cwd = temporaryFolder()
    mkdirSync(join(cwd, "examples"))
    cpSync(join(root, "examples/parity"), join(cwd, "examples/parity"), { recursive: true })
    const outputs = commands.map((command) => {
      const [line = "", code = "0"] = command.split(" # exit ")
      const [program, ...args] = words(line)
      expect(program).toBe("studio")
      const { status, stdout, stderr } = studio(cwd, [...args, "--quiet"])
      expect(status, `${command}\n${stderr}`).toBe(Number(code))
      return stdout
    })
    const told = lines(outputs.join("\n"))
    let from = 0
    for (const wanted of printed) {
      const at = told.findIndex((line, index) => index >= from && line.startsWith(wanted))
      expect(at, `${wanted}\nis not in\n${told.slice(from).join("\n")}`).toBeGreaterThanOrEqual(0)
      from = at + 1
    }
  })

  test("tells of the recorded example what the studio says of it", async () => {
    const { url } = await startServer(temporaryFolder(), ["--demo"])
    const { items } = JSON.parse(await (await fetch(`${url}/api/v1/compares`)).text())
    const sentences = items.map((item: { sentence: string }) => item.sentence)
    const quoted = [...guide.matchAll(/^> (.*)$/gm)].map(([, line]) => line).join(" ")
    expect(sentences).toContain(quoted)
  })
})
