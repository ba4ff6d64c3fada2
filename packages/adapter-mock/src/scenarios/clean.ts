import type { Scenario } from "./Scenario.ts"

export const clean: Scenario = { name: "clean", plants: "nothing", keys: {}, behave: () => ({}) }
