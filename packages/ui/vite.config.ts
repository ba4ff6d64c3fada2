import { defineConfig } from "vite"

const api = { target: process.env["STUDIO_URL"] ?? "http://127.0.0.1:5173", changeOrigin: true }

export default defineConfig({
  resolve: { conditions: ["@sglang-studio/source", "module", "browser", "development|production"] },
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: { target: "esnext", assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
  server: { host: "127.0.0.1", port: 5174, proxy: { "/api": api } }
})
