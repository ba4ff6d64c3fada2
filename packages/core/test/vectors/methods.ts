import { historyMethods } from "./historyMethods.ts"
import type { Method } from "./method.ts"
import { parityMethods } from "./parityMethods.ts"
import { runMethods } from "./runMethods.ts"

/** Every method that we have, by its name in a vector file. */
export const methods: { readonly [name: string]: Method | undefined } = {
  ...parityMethods,
  ...runMethods,
  ...historyMethods
}
