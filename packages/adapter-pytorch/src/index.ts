export { pytorchAdapter, pytorchAdapter as default } from "./adapter.ts"
