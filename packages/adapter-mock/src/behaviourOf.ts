import { addNoise, noiseSize } from "./scenarios/addNoise.ts"
import { scenarios } from "./scenarios/index.ts"
import type { Behaviour } from "./scenarios/Scenario.ts"
import { sound } from "./scenarios/sound.ts"
import type { Settings } from "./Settings.ts"

/** A sound backend with what the scenario plants, and the noise of its number format on top. */
export const behaviourOf = (settings: Settings): Behaviour => {
  const { keys, behave } = scenarios[settings.scenario] ?? { keys: {}, behave: () => ({}) }
  const planted = behave(
    {
      value: settings.value ?? keys.value ?? 1,
      at: settings.at ?? keys.at ?? 0,
      grid: settings.grid ?? keys.grid ?? false
    },
    settings.seed
  )
  const behaviour = { ...sound, ...planted }
  const noise = addNoise(noiseSize[settings.noise], settings.seed)
  return { ...behaviour, logits: (logits, place) => noise(behaviour.logits(logits, place), place) }
}
