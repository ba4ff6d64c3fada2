export { mockAdapter, mockAdapter as default } from "./adapter.ts"
export { settingsSchema as mockSettings, type Settings as MockSettings } from "./Settings.ts"
export { scenarios as mockScenarios } from "./scenarios/index.ts"
