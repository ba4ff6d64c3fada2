import * as fc from "fast-check"
import { expect, test } from "vitest"
import { readCommand } from "./commandLine.ts"
import { shellWord } from "./command.ts"

test("a recorded command line gives its module and flags", () => {
  const line =
    "HF_HOME=/x python -m sgl_jax.bench_serving --num-prompts 8 --request-rate inf --tokenize-prompt --header A=b 'C=d e' --seed=7 --num-prompts 9\n"
  expect(readCommand(line)).toEqual({
    module: "sgl_jax.bench_serving",
    flags: { "num-prompts": 9, "request-rate": "inf", "tokenize-prompt": true, header: "A=b C=d e", seed: 7 }
  })
})

test("another text is no command", () => {
  expect(readCommand("Remember the milk.")).toBeNull()
})

test("what is quoted for the shell is read back", () => {
  fc.assert(
    fc.property(
      fc.string().filter((text) => text !== "" && !text.startsWith("--") && !/^-?\d/.test(text)),
      (text) => {
        expect(readCommand(`python -m m --tag ${shellWord(text)}`)?.flags["tag"]).toBe(text)
      }
    )
  )
})
