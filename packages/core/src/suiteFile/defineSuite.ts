import type { SuiteFile } from "./SuiteFile.ts"

/**
 * Gives a suite in TypeScript its types.
 *
 * @example
 * export default defineSuite({
 *   suite: "smoke",
 *   cases: [{ name: "random", benchmark: "serving", set: { "max-concurrency": "${concurrency}" } }],
 *   matrix: { axes: { concurrency: [1, 16] } }
 * })
 */
export const defineSuite = (suite: SuiteFile): SuiteFile => suite
