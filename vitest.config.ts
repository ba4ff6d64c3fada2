import { defineConfig } from "vitest/config"

// Workspace packages are tested from their sources.
const resolve = { conditions: ["@sglang-studio/source"] }
const ssr = { resolve: { conditions: ["@sglang-studio/source"], externalConditions: ["@sglang-studio/source"] } }

export default defineConfig({
  resolve,
  ssr,
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: { name: "unit", include: ["packages/*/src/**/*.test.ts"], exclude: ["**/node_modules/**", "**/dist/**"] }
      },
      {
        resolve,
        ssr,
        test: {
          name: "system",
          include: ["packages/*/test/**/*.test.ts", "examples/*/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**"],
          testTimeout: 60_000,
          hookTimeout: 60_000
        }
      }
    ]
  }
})
