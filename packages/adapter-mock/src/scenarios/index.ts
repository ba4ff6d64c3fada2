import { batchDependent } from "./batchDependent.ts"
import { bf16 } from "./bf16.ts"
import { bosMissing } from "./bosMissing.ts"
import { clean } from "./clean.ts"
import { crash } from "./crash.ts"
import { dropped } from "./dropped.ts"
import { hang } from "./hang.ts"
import { perturbed } from "./perturbed.ts"
import type { Scenario } from "./Scenario.ts"
import { slow } from "./slow.ts"
import { streamedError } from "./streamedError.ts"

/** Everything that a mock can be asked to plant, by name. */
export const scenarios: { readonly [name: string]: Scenario } = Object.fromEntries(
  [clean, bf16, bosMissing, batchDependent, perturbed, dropped, streamedError, crash, hang, slow].map((scenario) => [
    scenario.name,
    scenario
  ])
)
