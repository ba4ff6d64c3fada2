import { isDeepStrictEqual } from "node:util"
import { isAdapterError } from "../../adapter/AdapterError.ts"
import { showValue } from "../../adapter/protocol/Fault.ts"
import { jsonFault } from "../../adapter/protocol/jsonFault.ts"
import { probeFault } from "../../adapter/protocol/probeFault.ts"
import { broken, messageOf, show, type Law } from "../Law.ts"
import { askMs, cannotAsk, type Subject } from "../Subject.ts"

/** A probe is an answer, whatever it finds, and the same one as long as nothing changes. */
export const probeLaws = ({ adapter, closed, probe, withBackend, unavailable }: Subject): readonly Law[] => [
  {
    name: "probe answers, also when nothing is there",
    when: closed,
    check: async () => {
      const answer = await probe().catch((error: unknown) => ({ error }))
      if ("error" in answer)
        return isAdapterError(answer.error)
          ? null
          : broken({
              expected: "a probe, with `reachable: false` where nothing answers",
              saw: `the error ${show(messageOf(answer.error))}`,
              fix: "Catch it where it occurs; a probe that cannot even ask throws an AdapterError."
            })
      const fault = probeFault(answer) ?? jsonFault(answer, "")
      if (fault !== null)
        return broken({
          expected: `${fault.field === "" ? "the answer" : fault.field} of a probe to be ${fault.expected}`,
          saw: showValue(fault.value),
          fix: "Give the whole record that `Probe` in core/adapter describes; null is not known."
        })
      const foreign = answer.capabilities.find(({ operation }) => !adapter.supports.operations.includes(operation))
      return foreign === undefined
        ? null
        : broken({
            expected: "capabilities out of `supports.operations`, which is the most that the adapter can ever do",
            saw: show(foreign.operation),
            fix: "Name it in `supports.operations`, or leave it out of the probe."
          })
    }
  },
  {
    name: "probe is stable",
    when: async () => (await closed()) ?? (await probe().then(() => null, cannotAsk)),
    check: async () => {
      const ask = () =>
        withBackend((backend, context) => backend.probe(context), { patienceMs: askMs }).catch(messageOf)
      const first = await ask()
      const second = await ask()
      if (isDeepStrictEqual(first, second)) return null
      const key = Object.keys(first).find((name) => !isDeepStrictEqual((first as never)[name], (second as never)[name]))
      return broken({
        expected: "two probes in a row to say the same",
        saw: `${key ?? "the answer"}: ${show((first as never)[key ?? ""])}, then ${show((second as never)[key ?? ""])}`,
        fix: "Keep times, counters and process ids out of a probe; its fingerprint tells systems apart."
      })
    }
  },
  {
    name: "tokenize gives whole ids, one list for each text",
    when: () => unavailable("tokenize"),
    check: async () => {
      const texts = ["The quick brown fox", " yes", ""]
      const answer = await withBackend((backend, context) => backend.tokenize?.(texts, context) ?? Promise.resolve([]))
      const good =
        answer.length === texts.length &&
        answer.every((ids) => ids.every((id) => Number.isInteger(id) && id >= 0)) &&
        answer[2]?.length === 0
      return good
        ? null
        : broken({
            expected: `${texts.length} lists of token ids for ${show(texts)}, the last one empty`,
            saw: show(answer),
            fix: "Keep the order of the texts and add no special tokens."
          })
    }
  }
]
