import { query, setQuery } from "../../shell/router.ts"
import { runColumns } from "./columns.tsx"

/** Which columns of the runs are shown. */
export interface Columns {
  /** Somebody chose them; else the usual ones, fewer where there is little room. */
  readonly chosen: boolean
  has(name: string): boolean
  toggle(name: string): void
  reset(): void
}

const key = "studio-run-columns"

/** The address says which; where it does not, what was chosen last in this browser. */
export const useColumns = (): Columns => {
  const chosen = query.value.get("columns") ?? localStorage.getItem(key)
  const names = new Set(chosen?.split(",") ?? runColumns.flatMap(({ name, when }) => (when === "usual" ? [name] : [])))
  const has = (name: string) => names.has(name) || isFixed(name)
  return {
    chosen: chosen !== null,
    has,
    toggle: (name) => {
      const next = runColumns.filter((one) => (one.name === name ? !has(name) : has(one.name)))
      const text = next.map((one) => one.name).join(",")
      localStorage.setItem(key, text)
      setQuery({ columns: text })
    },
    reset: () => {
      localStorage.removeItem(key)
      setQuery({ columns: null })
    }
  }
}

const isFixed = (name: string): boolean => runColumns.some((one) => one.name === name && one.when === "fixed")
