import type { CampaignReport } from "@sglang-studio/core"
import type { Campaign, CampaignCell, CellGate } from "@sglang-studio/core/domain"
import { cellKey } from "@sglang-studio/core/domain"
import type { CampaignNotes } from "./campaignNotes.ts"
import { armsText, gateText } from "./outcome.ts"
import { element, xmlDocument, type XmlElement } from "./xml.ts"

/**
 * A campaign as JUnit XML: a test case per cell and gate, and an error per kind of problem that made runs fail. What is
 * not decided, and what is waived, is skipped with its reason, since JUnit knows no third outcome.
 */
export function junit({ campaign, verdict }: CampaignReport, notes: CampaignNotes): string {
  const cases = [...campaign.cells.flatMap((cell) => cellCases(campaign, cell)), ...errorCases(campaign, notes)]
  const counts = {
    tests: cases.length,
    failures: withChild(cases, "failure"),
    errors: withChild(cases, "error")
  }
  const time = (campaign.progress.elapsedMs / 1000).toFixed(3)
  const suite = element(
    "testsuite",
    {
      name: campaign.suite,
      ...counts,
      skipped: withChild(cases, "skipped"),
      time,
      timestamp: campaign.createdAt.slice(0, 19),
      hostname: "localhost"
    },
    [
      element("properties", {}, [
        property("campaign", campaign.id),
        property("verdict", verdict.outcome),
        property("sentence", verdict.sentence),
        property("backends", campaign.backends.join(", "))
      ]),
      ...cases
    ]
  )
  return xmlDocument(element("testsuites", { name: "studio", ...counts, time }, [suite]))
}

const property = (name: string, value: string) => element("property", { name, value })

const withChild = (cases: readonly XmlElement[], name: string): number =>
  cases.filter(({ children }) => children.some((child) => child.name === name)).length

const cellCases = (campaign: Campaign, cell: CampaignCell): readonly XmlElement[] => {
  const place = { classname: `${campaign.suite}.${cellKey(cell.case, cell.point)}`, time: "0.000" }
  if (cell.gates.length > 0)
    return cell.gates.map((gate) =>
      element("testcase", { name: `${gate.name} (${armsText(cell)})`, ...place }, resultOf(gate))
    )
  if (cell.outcome === null)
    return [
      element("testcase", { name: `measured (${armsText(cell)})`, ...place }, [
        element("skipped", { message: "no gate judges it" })
      ])
    ]
  const message = cell.sentence ?? "not compared"
  return [
    element(
      "testcase",
      { name: `comparable (${armsText(cell)})`, ...place },
      cell.outcome === "pass"
        ? []
        : [element(cell.outcome === "fail" ? "failure" : "skipped", { message, type: "not-compared" })]
    )
  ]
}

const resultOf = (gate: CellGate): readonly XmlElement[] => {
  if (gate.waiver !== null) return [element("skipped", { message: `waived (${gate.waiver}): ${gateText(gate)}` })]
  if (gate.outcome === "pass") return []
  const said = gate.message === "" ? gate.reason : gate.message
  return gate.outcome === "fail"
    ? [element("failure", { message: `${gateText(gate)}: ${gate.reason}`, type: gate.reason }, [], said)]
    : [element("skipped", { message: `inconclusive: ${gateText(gate)}: ${said}${needed(gate)}` })]
}

const needed = ({ moreRunsNeeded }: CellGate): string =>
  moreRunsNeeded === null ? "" : `; ${moreRunsNeeded} more runs per side would decide`

const errorCases = ({ suite }: Campaign, { problems }: CampaignNotes): readonly XmlElement[] =>
  problems
    .filter(({ severity }) => severity === "error")
    .map(({ code, message, runIds }) =>
      element("testcase", { name: `runs without ${code}`, classname: `${suite}.runs`, time: "0.000" }, [
        element("error", { message, type: code }, [], `Runs: ${runIds.join(", ")}`)
      ])
    )
