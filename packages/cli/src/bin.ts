#!/usr/bin/env node
// The version is checked before anything else is loaded: newer syntax in the rest would only confuse.
import { version } from "./version.ts"
import { holdYoungHeap } from "./youngHeap.ts"

const needed = [22, 18] as const
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)

if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  console.error(
    `studio needs Node >= ${needed.join(".")}; this is ${process.versions.node}. Install a newer one from nodejs.org.`
  )
  process.exitCode = 2
} else if (process.argv.length === 3 && (process.argv[2] === "--version" || process.argv[2] === "-V")) {
  console.log(version)
} else {
  if (process.argv[2] === "serve") holdYoungHeap()
  const [{ main }, { crashed }] = await Promise.all([import("./main.ts"), import("./crashes.ts")])
  const code = await main(process.argv.slice(2))
  // After a crash nobody knows what still holds the process.
  if (crashed() === null) process.exitCode = code
  else process.exit(code)
}
