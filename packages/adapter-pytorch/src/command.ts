import type { BenchmarkFlags } from "@sglang-studio/core/domain"
import {
  servingCommand,
  type ServingCommand,
  type ServingProgram,
  type ServingTarget
} from "@sglang-studio/sglang-wire"

const program: ServingProgram = {
  // The old name is a warning away from the new one, and the only one that every version has.
  module: "sglang.bench_serving",
  backend: "sglang",
  env: {}
}

export const { module } = program

/** The command line of SGLang PyTorch's own `bench_serving`. */
export const command = (set: BenchmarkFlags, target: ServingTarget): ServingCommand =>
  servingCommand(program, set, target)
