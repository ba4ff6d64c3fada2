import { defineConfig } from "vitest/config"

// Workspace packages are tested from their sources.
const resolve = { conditions: ["@sglang-studio/source"] }
const ssr = { resolve: { conditions: ["@sglang-studio/source"], externalConditions: ["@sglang-studio/source"] } }

const packed = "packages/cli/test/packed.test.ts"

export default defineConfig({
  resolve,
  ssr,
  test: {
    projects: [
      {
        resolve,
        ssr,
        // They compute, and hardly ever wait for anything: two may share the machine.
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**"],
          maxWorkers: 2
        }
      },
      {
        resolve,
        ssr,
        test: {
          name: "system",
          include: ["packages/*/test/**/*.test.ts", "examples/*/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/dist/**", packed],
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
          testTimeout: 60_000,
          hookTimeout: 60_000
        }
      },
      {
        resolve,
        ssr,
        // Packing builds anew what the other tests run: it comes after them.
        test: {
          name: "packed",
          include: [packed],
          sequence: { groupOrder: 2 },
          testTimeout: 60_000,
          hookTimeout: 300_000
        }
      }
    ]
  }
})
