import { describeLive } from "@sglang-studio/sglang-wire/testing"
import { jaxAdapter } from "../src/index.ts"

await describeLive("SGLang-JAX", jaxAdapter, "STUDIO_LIVE_JAX")
