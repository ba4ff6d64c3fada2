import { fileURLToPath } from "node:url"

/**
 * A stand-in for a Python with the engine: prints and writes what a recorded run of `bench_serving` did. The folder of
 * the recording, or one of its own behaviours, is named by the flag `--tag`.
 */
export const fakeBench = fileURLToPath(new URL("fakeBench.mjs", import.meta.url))
