import { DatabaseSync } from "node:sqlite"

/** Whether a process is at a campaign of this database: it is stored, and nobody has given it up or ended it. */
export const isAtCampaign = (file: string, pid: number): boolean => {
  try {
    using db = new DatabaseSync(file, { readOnly: true, timeout: 1000 })
    return db.prepare("select 1 from campaigns where owner_pid = ?").get(pid) !== undefined
  } catch {
    // There is no such file yet, or no such table.
    return false
  }
}
