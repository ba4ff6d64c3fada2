export const operations = ["tokenize", "score", "generate", "benchmark", "profile", "metrics", "launch"] as const

export type Operation = (typeof operations)[number]
