import type { Json } from "@sglang-studio/core/domain"

/** A backend as the server takes it, from the spec that `--backend` takes; a sentence where it cannot be read. */
export type BackendSpec =
  | { readonly ok: true; readonly body: { readonly name: string } & { readonly [setting: string]: Json } }
  | { readonly ok: false; readonly problem: string }

const refuse = (problem: string): BackendSpec => ({ ok: false, problem })

/** Reads `NAME=URL`, `NAME=ADAPTER:URL` and `NAME=mock:SCENARIO[,key=value]`. */
export const readBackendSpec = (spec: string): BackendSpec => {
  const split = /^\s*([\w.-]+)=(\S+)\s*$/.exec(spec)
  if (split === null) return refuse("Write NAME=URL, for example jax=http://127.0.0.1:30000, or NAME=mock:clean.")
  const name = split[1] ?? ""
  const rest = split[2] ?? ""
  if (/^https?:\/\//.test(rest)) return { ok: true, body: { name, url: rest } }
  const adapter = /^([\w-]+):(.*)$/.exec(rest)
  if (adapter === null)
    return refuse("After NAME= comes a URL that starts with http://, or ADAPTER:URL, or mock:SCENARIO.")
  const kind = adapter[1] ?? ""
  const setting = adapter[2] ?? ""
  if (kind !== "mock") return { ok: true, body: { name, adapter: kind, url: setting } }
  const [scenario = "clean", ...pairs] = setting.split(",")
  const settings = pairs.map((pair): [string, Json] => {
    const [key = "", value = ""] = pair.split("=")
    return [
      key,
      value !== "" && Number.isFinite(Number(value))
        ? Number(value)
        : value === "true"
          ? true
          : value === "false"
            ? false
            : value
    ]
  })
  return { ok: true, body: { name, adapter: "mock", scenario, ...Object.fromEntries(settings) } }
}
