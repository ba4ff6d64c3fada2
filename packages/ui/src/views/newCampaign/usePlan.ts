import type { Plan } from "@sglang-studio/core/domain"
import { useEffect, useState } from "preact/hooks"
import { api } from "../../api/client.ts"
import { toProblem } from "../../api/problem.ts"
import { campaignRequest, type CampaignForm } from "../../model/campaignForm.ts"
import { lastOf, type Load } from "../../model/load.ts"

const settleMs = 250

/** What the form would do, asked again shortly after a change; null while there is no suite. What was known last stays in view. */
export const usePlan = (form: CampaignForm): Load<Plan> | null => {
  const [load, setLoad] = useState<Load<Plan>>({ state: "loading" })
  const request = JSON.stringify(campaignRequest(form))
  const empty = form.of === "" && form.text.trim() === ""
  useEffect(() => {
    if (empty) return setLoad({ state: "loading" })
    const asked = new AbortController()
    const timer = setTimeout(() => {
      api.planCampaign(campaignRequest(form), { signal: asked.signal }).then(
        ({ plan }) => setLoad({ state: "ready", value: plan }),
        (thrown: unknown) => {
          if (!asked.signal.aborted)
            setLoad((before) => ({ state: "failed", error: toProblem(thrown), last: lastOf(before) }))
        }
      )
    }, settleMs)
    return () => {
      clearTimeout(timer)
      asked.abort()
    }
  }, [request])
  return empty ? null : load
}
