type Environment = { readonly [name: string]: string | undefined }

/**
 * What a child process sees: the allowed part of the studio's environment, and what the adapter gives on top.
 * Everything else, such as cloud credentials, stays with the studio.
 */
export const childEnvironment = (own: Environment, given: Environment): Record<string, string> => {
  const environment: Record<string, string> = {}
  for (const [name, value] of Object.entries(own)) {
    if (value !== undefined && isAllowed(name)) environment[name] = value
  }
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) environment[name] = value
  }
  return environment
}

const isAllowed = (name: string): boolean =>
  names.has(name) || prefixes.some((prefix) => name.startsWith(prefix)) || /^(?:https?|no|all)_proxy$/iu.test(name)

const names = new Set(["PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "VIRTUAL_ENV"])

/** Variables of the runtimes under test and of what they stand on. */
const prefixes = ["HF_", "TRANSFORMERS_", "JAX_", "XLA_", "CUDA_", "NCCL_", "SGLANG", "SGL_", "OMP_", "PYTHON"]
