import { registerHooks } from "node:module"

/** What a suite or a config in TypeScript takes from the SDK. */
const lent = "export const defineSuite = (suite) => suite; export const defineConfig = (config) => config"

/** Lets modules of a project that has only the CLI import `@sglang-studio/core`; an installed copy wins. */
export function lendSdk(): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      try {
        return next(specifier, context)
      } catch (error) {
        if (specifier !== "@sglang-studio/core") throw error
        return { url: `data:text/javascript,${encodeURIComponent(lent)}`, format: "module", shortCircuit: true }
      }
    }
  })
}
