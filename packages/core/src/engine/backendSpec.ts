import { StudioError } from "./StudioError.ts"

/** What a person may mean by the text after `--backend`. */
export type BackendSpec =
  | { readonly _tag: "name"; readonly name: string }
  | { readonly _tag: "url"; readonly name: string; readonly url: string }
  /** `rest` is the adapter's to read. */
  | { readonly _tag: "adapter"; readonly name: string; readonly adapter: string; readonly rest: string }

/** Reads `NAME`, `NAME=URL` or `NAME=ADAPTER:REST`. Throws `StudioError` `invalid-backend`. */
export const parseBackendSpec = (spec: string): BackendSpec => {
  const equals = spec.indexOf("=")
  const name = equals === -1 ? spec : spec.slice(0, equals)
  if (!isBackendName(name)) throw invalidSpec(spec, `"${name}" is no name for a backend`)
  if (equals === -1) return { _tag: "name", name }
  const target = spec.slice(equals + 1)
  if (/^https?:\/\//iu.test(target)) return { _tag: "url", name, url: target }
  const [, adapter, rest = ""] = /^([a-z0-9][a-z0-9-]*)(?::(.*))?$/su.exec(target) ?? []
  if (adapter === undefined) throw invalidSpec(spec, `"${target}" is neither an http URL nor ADAPTER:…`)
  return { _tag: "adapter", name, adapter, rest }
}

/** The first name that several specs bear; null: each has its own. */
export const sharedName = (specs: readonly string[]): string | null => {
  const names = specs.map((spec) => spec.split("=", 1)[0] ?? spec)
  return names.find((name, index) => names.indexOf(name) !== index) ?? null
}

/** Names stand in file names, URLs and command lines. */
export const isBackendName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/u.test(name)

export const invalidSpec = (spec: string, problem: string): StudioError =>
  new StudioError({
    code: "invalid-backend",
    message: `The backend "${spec}" cannot be read: ${problem}.`,
    hint: "Write NAME, NAME=URL or NAME=ADAPTER:URL, such as jax=http://127.0.0.1:30000.",
    path: "backend"
  })
