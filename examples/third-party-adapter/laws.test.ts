import { adapterLaws, bindVitest } from "@sglang-studio/core/testing"
import { describe, test } from "vitest"
import echo from "./index.js"

describe("echo keeps the laws of the adapter contract", () => {
  void bindVitest(adapterLaws({ adapter: echo }), { test })
})
