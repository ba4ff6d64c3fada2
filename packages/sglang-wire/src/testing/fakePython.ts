import { fileURLToPath } from "node:url"

/**
 * A stand-in for a Python with an engine. As a benchmark it prints and writes what a recorded run did: the folder of the
 * recording, or one of its own behaviours, is named by the flag `--tag`. As a server it does what `--served-model-name`
 * says: it serves unless told otherwise.
 */
export const fakePython = fileURLToPath(new URL("fakePython.mjs", import.meta.url))
