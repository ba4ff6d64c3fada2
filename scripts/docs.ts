// Writes the pages of docs/ that are made from the code; with --check it only says whether one is out of date.
import { readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { metricsPage } from "./metricsPage.ts"

const file = join(dirname(dirname(fileURLToPath(import.meta.url))), "docs", "metrics.md")
if (!process.argv.includes("--check")) writeFileSync(file, metricsPage())
else if (readFileSync(file, "utf8") !== metricsPage()) {
  console.error("docs/metrics.md is out of date: `npm run -s docs` writes it anew.")
  process.exitCode = 1
}
