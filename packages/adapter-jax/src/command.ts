import type { Programs } from "@sglang-studio/sglang-wire"

/** The programs of SGLang-JAX, run as `python -m NAME`. */
export const programs: Programs = {
  modules: {
    serving: ["sgl_jax.bench_serving"],
    "one-batch-server": ["sgl_jax.bench_one_batch_server"],
    "offline-throughput": ["sgl_jax.bench_offline_throughput"],
    "one-batch": ["sgl_jax.bench_one_batch"]
  },
  server: "sgl_jax.launch_server",
  servingBackend: "sgl-jax",
  tokenizerFlag: null,
  // A client must not take the accelerator that the server holds.
  clientEnv: { JAX_PLATFORMS: "cpu" }
}
