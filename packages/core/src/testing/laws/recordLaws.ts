import { operations } from "../../domain/operation.ts"
import { broken, firstOf, show, type Law } from "../Law.ts"
import type { Subject } from "../Subject.ts"

/** What the adapter says of itself. */
export const recordLaws = ({ adapter, closed, open, close }: Subject): readonly Law[] => [
  {
    name: "the adapter is a plain record of api 1",
    check: async () =>
      firstOf(
        adapter.api === 1 ? null : broken({ expected: "api 1", saw: `api ${show(adapter.api)}`, fix: "Set `api: 1`." }),
        /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/u.test(adapter.name)
          ? null
          : broken({
              expected: "a name in kebab-case",
              saw: show(adapter.name),
              fix: "It names the adapter in config files and its mode variable; use lower case, digits and dashes."
            }),
        /^\d+\.\d+\.\d+/u.test(adapter.version)
          ? null
          : broken({
              expected: "a version such as 1.2.3",
              saw: show(adapter.version),
              fix: "Use the version of your package."
            }),
        adapter.config?.["~standard"]?.version === 1
          ? null
          : broken({
              expected: "`config` to be a Standard Schema of version 1",
              saw: show(adapter.config),
              fix: "Use a schema of Zod, Valibot, ArkType or Effect, or write `~standard.validate` by hand."
            })
      )
  },
  {
    name: "supports names the members that a backend has, and no others",
    when: closed,
    check: async () => {
      const backend = await open()
      await close(backend)
      const unknown = adapter.supports.operations.find((operation) => !operations.includes(operation))
      if (unknown !== undefined)
        return broken({
          expected: `operations out of ${operations.join(", ")}`,
          saw: show(unknown),
          fix: "Take it out of `supports.operations`."
        })
      for (const operation of operations) {
        const named = adapter.supports.operations.includes(operation)
        const there = typeof backend[operation] === "function"
        if (named && !there)
          return broken({
            expected: `a member "${operation}", since \`supports.operations\` names it`,
            saw: show(backend[operation]),
            fix: `Add \`${operation}\` to what \`open\` returns, or take it out of \`supports.operations\`.`
          })
        if (there && !named)
          return broken({
            expected: `no member "${operation}", since \`supports.operations\` does not name it`,
            saw: "a function",
            fix: `Name "${operation}" in \`supports.operations\`, else the studio never calls it.`
          })
      }
      const benchmarks = adapter.supports.operations.includes("benchmark")
      return benchmarks === adapter.supports.entrypoints.length > 0
        ? null
        : broken({
            expected: benchmarks ? "at least one entrypoint beside `benchmark`" : "no entrypoint without `benchmark`",
            saw: show(adapter.supports.entrypoints),
            fix: "List in `supports.entrypoints` exactly what `benchmark` accepts."
          })
    }
  }
]
