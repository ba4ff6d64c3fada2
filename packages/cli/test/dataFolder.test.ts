import { chmodSync, closeSync, openSync, writeSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { studio, temporaryFolder } from "./studio.ts"

const used = () => {
  const cwd = temporaryFolder()
  const ran = studio(cwd, ["bench", "serving", "--backend", "m=mock:clean", "--set", "num-prompts=10", "--data", "d"])
  expect(ran.status).toBe(0)
  return { cwd, file: join(cwd, "d", "studio.db") }
}
const overwrite = (file: string, bytes: Buffer, at: number) => {
  const open = openSync(file, "r+")
  writeSync(open, bytes, 0, bytes.length, at)
  closeSync(open)
}
const list = (cwd: string) => {
  const { status, json } = studio(cwd, ["runs", "list", "--data", "d", "--json"])
  return { status, error: json().error }
}

test("a database of a newer studio is left alone", () => {
  const { cwd, file } = used()
  // Where the header of the file has its schema version.
  overwrite(file, Buffer.from([0, 0, 0, 99]), 60)
  const { status, error } = list(cwd)
  expect(status).toBe(4)
  expect(error).toMatchObject({
    code: "newer-version",
    message: expect.stringMatching(/^The database has schema 99; this studio knows up to \d+$/),
    hint: expect.stringContaining("choose another data folder with --data")
  })
})

test("a damaged database is left alone, with the way to save what is in it", () => {
  const { cwd, file } = used()
  for (let page = 1; page < 8; page++) overwrite(file, Buffer.alloc(3000, 7), page * 4096)
  const { status, error } = list(cwd)
  expect(status).toBe(4)
  expect(error).toMatchObject({ code: "corrupt", hint: expect.stringContaining(".recover") })
  expect(error.message).toMatch(/studio\.db is damaged: [^\n]+$/)
})

test.skipIf(process.getuid?.() === 0)(
  "a data folder that may not be written is named (needs a user other than root)",
  () => {
    const { cwd, file } = used()
    chmodSync(file, 0o444)
    chmodSync(join(cwd, "d"), 0o555)
    const { status, error } = list(cwd)
    chmodSync(join(cwd, "d"), 0o755)
    expect(status).toBe(4)
    expect(error).toMatchObject({ code: "io", hint: expect.stringContaining("is writable") })
  }
)
