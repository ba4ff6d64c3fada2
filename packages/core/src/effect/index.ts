export * from "../adapter/index.ts"
export * from "../store/RunStore.ts"
export * from "../store/StoreError.ts"
export { defineAdapter, type EffectAdapter, type EffectBackend } from "./defineAdapter.ts"
