import { render } from "preact"
import "@preact/signals"
import "./styles/tokens.css"
import "./styles/base.css"
import "./styles/parts.css"
import "./styles/shell.css"
import { startLive } from "./model/live.ts"
import { App } from "./shell/App.tsx"
import { startKeys } from "./shell/keys.ts"
import { interceptLinks } from "./shell/router.ts"

startKeys()
interceptLinks()
startLive()

const root = document.getElementById("app")
if (root !== null) render(<App />, root)
