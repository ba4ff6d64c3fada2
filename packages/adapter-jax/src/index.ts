export { jaxAdapter, jaxAdapter as default } from "./adapter.ts"
