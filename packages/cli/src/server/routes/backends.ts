import type { Studio } from "@sglang-studio/core"
import type { Handlers } from "../handlers.ts"

export const backendHandlers = ({ backends, adapters }: Studio) =>
  ({
    listBackends: async () => ({ items: await backends.list() }),
    addBackend: ({ name, adapter, adapter_mode, ...settings }) =>
      adapter === undefined
        ? backends.resolve(`${name}=${settings.url ?? ""}`)
        : backends.add(name, { ...settings, adapter, ...(adapter_mode && { adapterMode: adapter_mode }) }),
    probeBackend: ({ name }) => backends.probe(name),
    listSelfChecks: async ({ name }) => ({ items: await backends.selfChecks(name) }),
    tokenize: async ({ name, texts }) => ({ ids: await backends.tokenize(name, texts) }),
    listAdapters: async () => ({
      items: adapters.map(({ name, version, mock = false, supports }) => ({ name, version, mock, ...supports }))
    })
  }) satisfies Partial<Handlers>
