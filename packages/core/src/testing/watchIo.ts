import { createHook, executionAsyncId } from "node:async_hooks"

/** Kinds of handles that mean the outside world, as Node names them. Synchronous calls leave none and are not seen. */
const outside: { readonly [type: string]: string } = {
  TCPCONNECTWRAP: "a TCP connection",
  TCPSERVERWRAP: "a TCP server",
  TCPWRAP: "a TCP socket",
  TLSWRAP: "a TLS connection",
  PIPECONNECTWRAP: "a connection to a local socket",
  UDPWRAP: "a UDP socket",
  GETADDRINFOREQWRAP: "a look-up of a host name",
  HTTPCLIENTREQUEST: "an HTTP request",
  PROCESSWRAP: "a child process"
}

/** Runs something and tells what of the outside world it, and nothing that ran beside it, has reached for. */
export const watchIo = async <A>(
  run: () => Promise<A>
): Promise<{ readonly value: A; readonly seen: readonly string[] }> => {
  const family = new Set<number>()
  const seen = new Set<string>()
  const hook = createHook({
    init: (id, type, trigger) => {
      if (!family.has(executionAsyncId()) && !family.has(trigger)) return
      family.add(id)
      const what = outside[type]
      if (what !== undefined) seen.add(what)
    }
  }).enable()
  try {
    // The first await makes an async id of our own that everything below descends from.
    const value = await Promise.resolve().then(() => {
      family.add(executionAsyncId())
      return run()
    })
    return { value, seen: [...seen] }
  } finally {
    hook.disable()
  }
}
