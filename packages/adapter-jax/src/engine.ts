export const engine = "SGLang-JAX"
