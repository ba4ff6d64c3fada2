import type { Programs } from "@sglang-studio/sglang-wire"

/** The programs of SGLang PyTorch, run as `python -m NAME`. The new names came with 0.5.15; the old ones warn since. */
export const programs: Programs = {
  modules: {
    serving: ["sglang.benchmark.serving", "sglang.bench_serving"],
    "one-batch-server": ["sglang.benchmark.one_batch_server", "sglang.bench_one_batch_server"],
    "offline-throughput": ["sglang.benchmark.offline_throughput", "sglang.bench_offline_throughput"],
    "one-batch": ["sglang.benchmark.one_batch", "sglang.bench_one_batch"]
  },
  server: "sglang.launch_server",
  servingBackend: "sglang",
  tokenizerFlag: "local-tokenizer-path",
  clientEnv: {}
}
