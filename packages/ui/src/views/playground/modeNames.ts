import type { PlaygroundForm } from "../../model/playgroundForm.ts"

export const modeNames: { readonly [mode in PlaygroundForm["mode"]]: string } = {
  score: "Score",
  generate: "Generate",
  benchmark: "Benchmark"
}
