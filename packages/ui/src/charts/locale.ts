// uPlot hands `navigator.language` to Intl when it is loaded, and a browser started with LANG=C calls itself
// "en-US@posix", which Intl refuses: the page would die for want of a number format.
try {
  Intl.getCanonicalLocales(navigator.language)
} catch {
  Object.defineProperty(navigator, "language", { value: "en-US", configurable: true })
}
