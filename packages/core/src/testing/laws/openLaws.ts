import { isAdapterError } from "../../adapter/AdapterError.ts"
import { broken, messageOf, show, type Law } from "../Law.ts"
import { cannotAsk, type Subject } from "../Subject.ts"
import { watchIo } from "../watchIo.ts"

/** Opening only looks at settings; two open backends know nothing of each other. */
export const openLaws = ({
  adapter,
  options,
  open,
  close,
  neverClosed,
  closed,
  withBackend,
  probe
}: Subject): readonly Law[] => [
  {
    name: "the settings given open a backend",
    check: async () => {
      const problem = await closed()
      return problem === null
        ? null
        : broken({
            expected: `the settings ${show(options.config ?? {})} to open a backend`,
            saw: problem,
            fix: "Give settings that the adapter takes, with the option `config` or with `--set key=value`."
          })
    }
  },
  {
    name: "open touches neither the network nor other processes",
    when: closed,
    check: async () => {
      const { value: backend, seen } = await watchIo(open)
      await close(backend)
      return seen.length === 0
        ? null
        : broken({
            expected: "open to look at its settings only",
            saw: seen.join(", "),
            fix: "Do this in `probe` or in the operation: a backend is opened to be listed, too."
          })
    }
  },
  {
    name: "settings that make no sense are refused",
    check: async () => {
      const bad = "badConfig" in options ? options.badConfig : 42
      const checked = await adapter.config["~standard"].validate(bad)
      if (checked.issues !== undefined)
        return checked.issues.length > 0 && checked.issues.every(({ message }) => message !== "")
          ? null
          : broken({
              expected: "every refusal to say why",
              saw: show(checked.issues),
              fix: "Give each issue of your schema a message."
            })
      const error = await adapter.open(checked.value).then(
        (backend) => close(backend).then(() => null),
        (reason: unknown) => ({ reason })
      )
      if (error !== null && isAdapterError(error.reason)) return null
      return broken({
        expected: `the settings ${show(bad)} to be refused`,
        saw: error === null ? "an open backend" : `an error that is no AdapterError: ${show(messageOf(error.reason))}`,
        fix: "Refuse them in `config`, with an issue that names the setting, or throw an AdapterError in `open`."
      })
    }
  },
  {
    name: "close settles within 5 s",
    when: closed,
    check: async () => {
      if (neverClosed() === null) await close(await open())
      return neverClosed()
    }
  },
  {
    name: "close may be called twice",
    when: async () => (await closed()) ?? (neverClosed() === null ? null : "it does not settle once"),
    check: async () => {
      const backend = await open()
      await close(backend)
      return close(backend).then(
        () => null,
        (error: unknown) =>
          broken({
            expected: "the second close to do nothing",
            saw: `the error ${show(messageOf(error))}`,
            fix: "Remember that the backend is closed."
          })
      )
    }
  },
  {
    name: "two instances share nothing",
    when: async () => (await closed()) ?? (await probe().then(() => null, cannotAsk)),
    check: async () => {
      const other = await open()
      const before = await probe()
      return withBackend(async (backend, context) => {
        if (backend === other)
          return broken({
            expected: "a new backend from every open",
            saw: "the same object twice",
            fix: "Make the backend inside of `open`."
          })
        await close(other)
        const after = await backend.probe(context).catch((error: unknown) => ({ error }))
        return "error" in after || after.reachable !== before.reachable
          ? broken({
              expected: "one instance to work on when another one is closed",
              saw:
                "error" in after
                  ? `the error ${show(messageOf(after.error))}`
                  : "a backend that is not reachable any more",
              fix: "Keep connections and state in the instance, not in the module."
            })
          : null
      })
    }
  }
]
