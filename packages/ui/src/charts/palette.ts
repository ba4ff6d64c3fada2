/** Colours of the page as canvases need them: resolved for the theme that is on now. */
export type Palette = (variable: string) => string

export const readPalette = (): Palette => {
  const probe = document.createElement("i")
  probe.hidden = true
  document.body.append(probe)
  const cache = new Map<string, string>()
  return (variable) => {
    const known = cache.get(variable)
    if (known !== undefined) return known
    document.body.append(probe)
    probe.style.color = `var(--${variable})`
    const colour = getComputedStyle(probe).color
    probe.remove()
    cache.set(variable, colour)
    return colour
  }
}
