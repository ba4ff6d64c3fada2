import { batchDependent } from "./batchDependent.ts"
import { bf16 } from "./bf16.ts"
import { bosMissing } from "./bosMissing.ts"
import { cacheDependent } from "./cacheDependent.ts"
import { clean } from "./clean.ts"
import { crash } from "./crash.ts"
import { dropped } from "./dropped.ts"
import { hang } from "./hang.ts"
import { maskIgnored } from "./maskIgnored.ts"
import { nearTie } from "./nearTie.ts"
import { perturbed } from "./perturbed.ts"
import { positionLocked } from "./positionLocked.ts"
import type { Scenario } from "./Scenario.ts"
import { slow } from "./slow.ts"
import { streamedError } from "./streamedError.ts"
import { temperature } from "./temperature.ts"
import { tokenizer } from "./tokenizer.ts"
import { truncated } from "./truncated.ts"

/** Everything that a mock can be asked to plant, by name. */
export const scenarios: { readonly [name: string]: Scenario } = Object.fromEntries(
  [
    clean,
    nearTie,
    bf16,
    temperature,
    bosMissing,
    tokenizer,
    truncated,
    positionLocked,
    batchDependent,
    cacheDependent,
    perturbed,
    maskIgnored,
    dropped,
    streamedError,
    crash,
    hang,
    slow
  ].map((scenario) => [scenario.name, scenario])
)
