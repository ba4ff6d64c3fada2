import { expect, test } from "vitest"
import { complaintOf } from "./complaint.ts"

test.each([
  [
    "the last exception",
    "",
    "Traceback (most recent call last):\n  File x\nIndexError: index -1 is out of bounds\n",
    "IndexError: index -1 is out of bounds"
  ],
  [
    "an exception with a dotted name",
    "",
    "aiohttp.client_exceptions.ClientConnectorError: Cannot connect\n\n",
    "aiohttp.client_exceptions.ClientConnectorError: Cannot connect"
  ],
  [
    "argparse",
    "",
    "usage: x\nbench_serving.py: error: unrecognized arguments: --a\n",
    "bench_serving.py: error: unrecognized arguments: --a"
  ],
  [
    "what was printed last, where stderr has warnings only",
    "Server is not ready. Exiting.\n",
    "/x.py:1: FutureWarning: old\n  warnings.warn(\n",
    "Server is not ready. Exiting."
  ],
  ["no ruler under the last words", "", "The file is gone.\n=======\n", "The file is gone."],
  ["silence", "", "", "it printed nothing"]
])("the reason is %s", (_, stdout, stderr, reason) => {
  expect(complaintOf(stdout, stderr)).toBe(reason)
})
