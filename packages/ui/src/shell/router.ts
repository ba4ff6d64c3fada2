import { computed, signal } from "@preact/signals"

/** Every place of the app. All other state is in the query. */
export type Route =
  | { readonly screen: "home" }
  | { readonly screen: "playground" }
  | { readonly screen: "comparisons" }
  | { readonly screen: "comparison"; readonly id: string }
  | { readonly screen: "runs" }
  | { readonly screen: "run"; readonly id: string }
  | { readonly screen: "campaigns" }
  | { readonly screen: "new-campaign" }
  | { readonly screen: "campaign"; readonly id: string }
  | { readonly screen: "cases" }
  | { readonly screen: "backends" }
  | { readonly screen: "dictionary" }
  | { readonly screen: "lost"; readonly path: string }

const read = () => ({ path: location.pathname, query: new URLSearchParams(location.search) })

const place = signal(read())

addEventListener("popstate", () => {
  place.value = read()
})

export const query = computed(() => place.value.query)

export const route = computed<Route>(() => {
  const [first = "", second, ...rest] = place.value.path.split("/").filter(Boolean).map(decoded)
  if (rest.length > 0) return { screen: "lost", path: place.value.path }
  if (first === "") return { screen: "home" }
  if (first === "compare")
    return second === undefined ? { screen: "comparisons" } : { screen: "comparison", id: second }
  if (first === "runs") return second === undefined ? { screen: "runs" } : { screen: "run", id: second }
  if (first === "campaigns" && second === "new") return { screen: "new-campaign" }
  if (first === "campaigns") return second === undefined ? { screen: "campaigns" } : { screen: "campaign", id: second }
  if (second === undefined)
    switch (first) {
      case "playground":
      case "cases":
      case "backends":
      case "dictionary":
        return { screen: first }
    }
  return { screen: "lost", path: place.value.path }
})

/** What is no such code stays as it is. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

type How = "push" | "replace"

export const navigate = (href: string, how: How = "push"): void => {
  const before = place.peek().path
  if (how === "push") history.pushState(null, "", href)
  else history.replaceState(null, "", href)
  place.value = read()
  if (before !== place.peek().path) scrollTo(0, 0)
}

/** Changes some parameters of the query, null removes one. The default leaves no trail for the back button. */
export const setQuery = (change: Readonly<Record<string, string | null>>, how: How = "replace"): void => {
  const next = new URLSearchParams(location.search)
  for (const [key, value] of Object.entries(change)) {
    if (value === null || value === "") next.delete(key)
    else next.set(key, value)
  }
  const text = next.toString()
  if (text === place.peek().query.toString()) return
  navigate(location.pathname + (text === "" ? "" : `?${text}`), how)
}

/** Lets plain clicks on links of this app navigate without a page load. */
export const interceptLinks = (): void => {
  addEventListener("click", (event) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    const link = event.composedPath().find((node): node is HTMLAnchorElement => "href" in node && "download" in node)
    if (link === undefined || link.target !== "" || link.hasAttribute("download") || link.origin !== location.origin)
      return
    if (link.pathname.startsWith("/api/") || link.getAttribute("href")?.startsWith("#")) return
    event.preventDefault()
    navigate(link.pathname + link.search + link.hash)
  })
}
