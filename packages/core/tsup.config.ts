import { defineConfig, type Options } from "tsup"

const common: Options = {
  format: "esm",
  platform: "node",
  target: "node22",
  // TypeScript 7 has no compiler API for tsup; `tsc` writes the types.
  dts: false,
  clean: false,
  removeNodeProtocol: false,
  external: ["better-sqlite3", "vitest"]
}

export default defineConfig([
  {
    ...common,
    entry: Object.fromEntries(
      ["adapter", "testing", "domain", "codec", "math", "compare", "gate", "contract"]
        .map((name) => [name, `src/${name}/index.ts`])
        .concat([["index", "src/index.ts"]])
    ),
    // Users of the promise API need no Effect: it is inside, once, in chunks that the entries share.
    noExternal: ["effect", "execa", "kysely", "leven"],
    splitting: true,
    treeshake: true
  },
  {
    ...common,
    entry: { effect: "src/effect/index.ts" },
    // Users of this entry bring their own Effect.
    external: [...(common.external ?? []), /^effect(?:\/|$)/],
    splitting: true
  }
])
