import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { studio, temporaryFolder } from "./studio.ts"

const guide = readFileSync(join(import.meta.dirname, "../../../docs/ci.md"), "utf8")

const blocks = (language: string): readonly string[] =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(([, text = ""]) => text)

/** The words of a command line: quotes hold words together. */
const words = (command: string): readonly string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "")

test("the commands of the guide do what it says, one after the other", () => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, "nightly.yaml"), blocks("yaml")[0] ?? "")
  const commands = blocks("sh").flatMap((block) => block.split("\n").filter((line) => line !== ""))
  expect(commands.length).toBeGreaterThan(8)
  for (const command of commands) {
    const [line = "", code = "0"] = command.split(" # exit ")
    const newest = () => studio(cwd, ["campaigns", "list", "--json"]).json().items[0].id
    const [, ...args] = words(line.includes("CAMPAIGN") ? line.replace("CAMPAIGN", newest()) : line)
    const { status, stderr } = studio(cwd, [...args, "--quiet"])
    expect(status, `${command}\n${stderr}`).toBe(Number(code))
  }
  expect(readFileSync(join(cwd, "summary.md"), "utf8")).toMatch(/^## ✅ pass: nightly on fake against main\n/)
  expect(readFileSync(join(cwd, "out.xml"), "utf8").match(/<testcase /g)).toHaveLength(4)
})
