const key = "studio-backends"

/** The backends that this browser ran on last, in their order; those that are not known any more left out. */
export const lastBackends = (known: readonly string[]): readonly string[] =>
  (localStorage.getItem(key) ?? "").split("\n").filter((name) => known.includes(name))

export const rememberBackends = (names: readonly string[]): void => localStorage.setItem(key, names.join("\n"))
