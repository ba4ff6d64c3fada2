import type { Adapter } from "./Adapter.ts"

/**
 * Declares an adapter; infers the config type from its schema.
 *
 * @example
 * export default defineAdapter({ api: 1, name: "foo", version: "1.0.0", supports, config, open })
 */
export const defineAdapter = <C>(adapter: Adapter<C>): Adapter<C> => Object.freeze(adapter)
