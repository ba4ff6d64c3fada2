import { defineConfig } from "tsup"

export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "node22",
  dts: false,
  clean: true,
  treeshake: true,
  // Core is the user's; everything else goes in, the private wire package and Effect's schemas too.
  external: [/^@sglang-studio\/core/],
  noExternal: ["effect", "eventsource-parser", "@sglang-studio/sglang-wire"]
})
