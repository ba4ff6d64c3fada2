import { describeLive } from "@sglang-studio/sglang-wire/testing"
import { pytorchAdapter } from "../src/index.ts"

await describeLive("SGLang PyTorch", pytorchAdapter, "STUDIO_LIVE_PYTORCH")
