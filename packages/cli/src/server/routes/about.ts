import type { Studio } from "@sglang-studio/core"
import { openApi, schemaVersion } from "@sglang-studio/core/contract"
import type { Handlers } from "../handlers.ts"

export const aboutHandlers = (studio: Studio, version: string) =>
  ({
    health: async () => ({ status: "ok", version, schemaVersion }),
    status: async () => ({ ...(await studio.status()), dataDir: studio.dataDir, version }),
    openApi: async () => openApi(version)
  }) satisfies Partial<Handlers>
