import { cpSync, existsSync } from "node:fs"
import { defineConfig } from "tsup"

// One self-contained program: core, the adapters and their libraries are bundled, only the native module stays outside.
export default defineConfig({
  entry: { bin: "src/bin.ts" },
  format: "esm",
  target: "node22",
  platform: "node",
  dts: false,
  splitting: true,
  clean: true,
  minify: true,
  // CommonJS libraries in the bundle ask for `require`.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);'
  },
  // vitest is reached by the conformance kit inside a test run alone.
  noExternal: [/^(?!better-sqlite3$|vitest$)/],
  esbuildOptions(options) {
    options.conditions = ["@sglang-studio/source", "import", "module", "node"]
    options.legalComments = "none"
  },
  onSuccess: async () => {
    const ui = new URL("../ui/dist", import.meta.url)
    if (existsSync(ui)) cpSync(ui, new URL("dist/ui", import.meta.url), { recursive: true })
    cpSync(new URL("demo", import.meta.url), new URL("dist/demo", import.meta.url), { recursive: true })
  }
})
