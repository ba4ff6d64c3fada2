import { describeSends } from "@sglang-studio/sglang-wire/testing"
import { replayed } from "./backend.ts"

describeSends("SGLang-JAX", replayed)
