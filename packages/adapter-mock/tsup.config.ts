import { defineConfig } from "tsup"

export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "node22",
  dts: false,
  clean: true,
  treeshake: true,
  // The types and the bundle stand on core; Effect goes in, so that users need not install it.
  external: [/^@sglang-studio\/core/],
  noExternal: ["effect"]
})
