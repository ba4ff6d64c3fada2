// Checks a file of reference vectors against our methods: one JSON document on stdout, exit 1 when a case fails.
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { runVectors } from "../packages/core/test/vectors/runVectors.ts"

const [path] = process.argv.slice(2)
if (path === undefined) {
  console.error("Usage: npm run -s vectors -- FILE")
  process.exit(2)
}
const { passed, failed, skipped } = runVectors(
  JSON.parse(readFileSync(resolve(process.env["INIT_CWD"] ?? ".", path), "utf8"))
)
for (const { name, index, message } of failed) console.error(`${name}[${index}] ${message}`)
console.log(JSON.stringify({ passed, failed: failed.map(({ name, index }) => ({ name, index })), skipped }))
process.exitCode = failed.length > 0 ? 1 : 0
