import { toProblem } from "../api/problem.ts"
import { notify } from "./notice.ts"

/** Does what a button asks for; what goes wrong is said at the foot of the page. */
export const attempt = async (act: () => Promise<void>): Promise<void> => {
  try {
    await act()
  } catch (thrown) {
    notify(toProblem(thrown).detail, "bad")
  }
}
