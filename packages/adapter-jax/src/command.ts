import type { BenchmarkFlags } from "@sglang-studio/core/domain"
import {
  servingCommand,
  type ServingCommand,
  type ServingProgram,
  type ServingTarget
} from "@sglang-studio/sglang-wire"

const program: ServingProgram = {
  module: "sgl_jax.bench_serving",
  backend: "sgl-jax",
  // The program is an HTTP client: it must not take the accelerator that the server holds.
  env: { JAX_PLATFORMS: "cpu" }
}

export const { module } = program

/** The command line of SGLang-JAX's own `bench_serving`. */
export const command = (set: BenchmarkFlags, target: ServingTarget): ServingCommand =>
  servingCommand(program, set, target)
