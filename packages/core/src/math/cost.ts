/** What a measured window cost. Prices in USD; null where there were no tokens to divide by. */
export interface Cost {
  readonly acceleratorSeconds: number
  readonly usd: number
  readonly usdPerMillionOutput: number | null
  readonly usdPerMillionTotal: number | null
  readonly outputTokensPerAcceleratorSecond: number | null
}

export const cost = (window: {
  readonly accelerators: number
  readonly seconds: number
  readonly usdPerAcceleratorHour: number
  readonly inputTokens: number
  readonly outputTokens: number
}): Cost => {
  const acceleratorSeconds = window.accelerators * window.seconds
  const usd = (acceleratorSeconds / 3600) * window.usdPerAcceleratorHour
  const perMillion = (tokens: number): number | null => (tokens === 0 ? null : usd / (tokens / 1e6))
  return {
    acceleratorSeconds,
    usd,
    usdPerMillionOutput: perMillion(window.outputTokens),
    usdPerMillionTotal: perMillion(window.inputTokens + window.outputTokens),
    outputTokensPerAcceleratorSecond: acceleratorSeconds === 0 ? null : window.outputTokens / acceleratorSeconds
  }
}
