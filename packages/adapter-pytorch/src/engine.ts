export const engine = "SGLang PyTorch"
