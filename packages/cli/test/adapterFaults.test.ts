import { copyFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { startStudio, studio, temporaryFolder, until } from "./studio.ts"

/** A project with one backend of the adapter `acme`, whose only fault is this. */
const projectWith = (fault: string, ...settings: readonly string[]) => {
  const cwd = temporaryFolder()
  copyFileSync(join(import.meta.dirname, "fixtures", "acme.mjs"), join(cwd, "acme.mjs"))
  const backend = ["adapter: acme", `fault: ${fault}`, ...settings].join(", ")
  writeFileSync(join(cwd, "studio.config.yaml"), `adapters: [./acme.mjs]\nbackends: { a: { ${backend} } }\n`)
  return cwd
}
const generate = ["generate", "--backend", "a", "--prompt", "p", "--json", "--quiet"]

describe("an error that no call gives to anybody", () => {
  test.each([
    [
      "timer",
      /^Something failed outside of any call while the adapter acme worked: SyntaxError: Expected property name/u
    ],
    ["rejection", /^Something failed outside of any call while the adapter acme worked: TypeError: nobody waits$/u]
  ])(
    "of a %s fails the run that it comes from, and the program with 4",
    (fault, message) => {
      const cwd = projectWith(fault)
      const { status, stdout, stderr, json } = studio(cwd, generate)
      expect(status).toBe(4)
      expect(json().runs).toMatchObject([{ status: "failed", error: { code: "adapter-defect" } }])
      expect(json().runs[0].error.message).toMatch(message)
      expect(stdout + stderr).not.toMatch(/\n\s+at /u)
      expect(studio(cwd, ["runs", "list", "--json"]).json().items).toMatchObject([{ status: "failed" }])
    },
    60_000
  )

  test("shows where it was to whoever asks", () => {
    const { status, stderr } = studio(projectWith("timer"), generate, { STUDIO_DEBUG: "1" })
    expect(status).toBe(4)
    expect(stderr).toMatch(/at .+acme\.mjs/u)
  }, 60_000)

  test("ends a server with 4, after its run", async () => {
    const cwd = projectWith("timer")
    const child = startStudio(cwd, ["serve", "--port", "0", "--json"])
    const exit = new Promise((resolve) => child.once("exit", resolve))
    const line = await new Promise<string>((resolve) => child.stdout?.once("data", (bytes) => resolve(String(bytes))))
    const { url } = JSON.parse(line)
    await fetch(`${url}/api/v1/runs`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ backend: "a", request: { generate: { prompt: "p" } } })
    })
    expect(await exit).toBe(4)
    expect(studio(cwd, ["runs", "list", "--json"]).json().items).toMatchObject([
      { status: "failed", error: { code: "adapter-defect" } }
    ])
  }, 60_000)
})

describe("the doctor", () => {
  test.each([
    ["down", "a: nothing (ECONNREFUSED 127.0.0.1:9)", "Start the server, or correct its url."],
    [
      "probe-throws",
      "a: nothing usable (The adapter acme broke: TypeError: no such thing (adapter-defect))",
      "This is a defect of the adapter; report it to its authors with this run."
    ],
    [
      "probe-shape",
      "a: nothing usable (The adapter acme broke the protocol: its probe says reachable = undefined, not true or false (protocol))",
      "`studio adapters verify acme` shows the law that it breaks."
    ]
  ])("says of a backend with %s why it cannot be used", (fault, what, fix) => {
    const { json } = studio(projectWith(fault), ["doctor", "--json"])
    expect(json().findings.at(-1)).toEqual({ severity: "warning", what, fix })
  })
})

test("a close that never settles holds up neither a signal nor a timeout", async () => {
  const cwd = projectWith("close")
  const done = studio(cwd, [...generate, "--timeout", "3"])
  expect(done.status).toBe(0)
  expect(done.json().runs).toMatchObject([{ status: "succeeded" }])

  const child = startStudio(cwd, generate)
  const exit = new Promise((resolve) => child.once("exit", resolve))
  await until(() => (studio(cwd, ["runs", "list", "--json"]).json().items.length === 2 ? true : null))
  child.kill("SIGTERM")
  expect(await exit).toBe(130)
}, 60_000)

describe("adapters verify", () => {
  const verify = (cwd: string, ...more: readonly string[]) => {
    const { status, json } = studio(cwd, ["adapters", "verify", "acme", "--json", ...more])
    const laws: readonly { name: string; status: string; reason: string }[] = json().laws
    return { status, failed: laws.filter((law) => law.status === "fail") }
  }

  test("asks for the benchmark that the adapter's check takes", () => {
    expect(verify(projectWith("none"))).toEqual({ status: 0, failed: [] })
  })

  test("asks for another one where it is told to, and says so where it cannot guess", () => {
    const cwd = projectWith("none", "strict: acme-other", "wanted: 3")
    expect(verify(cwd, "--entrypoint", "acme-other", "--bench-set", "acme-flag=3")).toEqual({ status: 0, failed: [] })
    const { status, failed } = verify(cwd)
    expect(status).toBe(1)
    expect(failed[0]?.reason).toContain(
      "with the option `benchmark` (on the command line with `--entrypoint NAME` and `--bench-set flag=value`)"
    )
  })

  test.each(["timer", "rejection"])("names the law during which an error of a %s was given to nobody", (fault) => {
    const { status, json } = studio(projectWith(fault), ["adapters", "verify", "acme", "--json"])
    expect(status).toBe(1)
    const laws: readonly { name: string; status: string; reason: string }[] = json().laws
    const at = laws.findIndex((law) => law.status === "fail")
    expect(laws[at]).toMatchObject({ reason: expect.stringMatching(/^an exception that nothing caught: /u) })
    expect(laws.slice(at + 1).map((law) => law.status)).toEqual(laws.slice(at + 1).map(() => "skip"))
    expect(laws.length).toBe(studio(projectWith("none"), ["adapters", "verify", "acme", "--json"]).json().laws.length)
  })

  test("comes to its end on a close that never settles", () => {
    const { status, failed } = verify(projectWith("close"))
    expect(status).toBe(1)
    expect(failed.map(({ name }) => name)).toEqual(["close settles within 5 s"])
  }, 60_000)
})
