import { useEffect } from "preact/hooks"
import { api } from "../api/client.ts"
import { Skeleton } from "../parts/States.tsx"
import { navigate } from "./router.ts"

/** `/` leads to what there is to see: comparisons, or else the form that makes them. */
export const Home = () => {
  useEffect(() => {
    api.listComparisons().then(
      ({ items }) => navigate(items.length > 0 ? "/compare" : "/playground", "replace"),
      () => navigate("/playground", "replace")
    )
  }, [])
  return <Skeleton />
}
