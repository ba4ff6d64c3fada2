import type { NotNull } from "kysely"
import type { CampaignRecord, CampaignState, CampaignStatus } from "../../domain/campaign.ts"
import { campaignStatuses } from "../../domain/campaign.ts"
import type { Plan } from "../../domain/plan.ts"
import { isAlive } from "../owner.ts"
import type { CampaignRequest, Owner } from "../RunStore.ts"
import { StoreError } from "../StoreError.ts"
import type { Database } from "./Database.ts"
import { fullId, notFound } from "./ids.ts"
import { readObject } from "./json.ts"
import { corruptRecord } from "./storeFailure.ts"
import { sql } from "./sql.ts"

export const createCampaign = (
  db: Database,
  { id, plan, state, ...brief }: Omit<CampaignRecord, "createdAt" | "status">,
  owner: Owner,
  at: string
): CampaignRecord => {
  const row = {
    id,
    suite: brief.suite.suite,
    status: "running",
    created_at: at,
    owner_pid: owner.pid,
    owner_started_at: owner.startedAt,
    request: null,
    brief: JSON.stringify(brief),
    plan: JSON.stringify(plan),
    state: JSON.stringify({ ...state, since: at })
  }
  db.run(sql.insertInto("campaigns").values(row))
  return readCampaign(row)
}

export const findCampaign = (db: Database, prefix: string): CampaignRecord => {
  const id = fullId(db, "campaigns", prefix)
  const row = db.first(sql.selectFrom("campaigns").selectAll().where("id", "=", id))
  if (row === undefined) throw notFound("campaigns", id)
  return readCampaign(row)
}

/** Newest first. */
export const listCampaigns = (
  db: Database,
  { limit, suite }: { readonly limit: number; readonly suite?: string }
): readonly CampaignRecord[] => {
  const newest = sql.selectFrom("campaigns").selectAll().orderBy("ordinal", "desc").limit(limit)
  return db.all(suite === undefined ? newest : newest.where("suite", "=", suite)).map(readCampaign)
}

export const saveCampaign = (
  db: Database,
  id: string,
  { plan, state }: { readonly plan?: Plan; readonly state?: CampaignState }
): void => {
  db.run(
    sql
      .updateTable("campaigns")
      .set({ ...(plan && { plan: JSON.stringify(plan) }), ...(state && { state: JSON.stringify(state) }) })
      .where("id", "=", id)
  )
}

export const claimCampaign = (db: Database, prefix: string, owner: Owner, at: string): CampaignRecord => {
  const { id, state } = findCampaign(db, prefix)
  const row = db.first(sql.selectFrom("campaigns").select(["owner_pid", "owner_started_at"]).where("id", "=", id))
  if (row?.owner_pid != null && isAlive({ pid: row.owner_pid, startedAt: row.owner_started_at ?? "" }))
    throw new StoreError({
      reason: "busy",
      message: `The campaign ${id} is being run by the process ${row.owner_pid}`,
      hint: "Wait for it, or cancel or pause it first."
    })
  db.run(
    sql
      .updateTable("campaigns")
      .set({
        status: "running",
        owner_pid: owner.pid,
        owner_started_at: owner.startedAt,
        request: null,
        state: JSON.stringify({ ...state, since: at, finishedAt: null, stopped: null, verdict: null })
      })
      .where("id", "=", id)
  )
  return findCampaign(db, id)
}

export const restCampaign = (
  db: Database,
  id: string,
  status: Exclude<CampaignStatus, "running">,
  state: CampaignState
): void => {
  db.run(
    sql
      .updateTable("campaigns")
      .set({ status, state: JSON.stringify({ ...state, since: null }), ...nobody })
      .where("id", "=", id)
  )
}

const nobody = { owner_pid: null, owner_started_at: null, request: null }

export const requestOfCampaign = (db: Database, id: string, request: CampaignRequest): void => {
  db.run(sql.updateTable("campaigns").set({ request }).where("id", "=", id).where("owner_pid", "is not", null))
  if (request === "cancel")
    db.run(
      sql
        .updateTable("campaigns")
        .set({ status: "cancelled" })
        .where("id", "=", id)
        .where("owner_pid", "is", null)
        .where("status", "in", ["paused", "interrupted"])
    )
}

export const campaignRequests = (
  db: Database,
  owner: Owner
): readonly { readonly id: string; readonly request: CampaignRequest }[] =>
  db
    .all(
      sql
        .selectFrom("campaigns")
        .select(["id", "request"])
        .where("owner_pid", "=", owner.pid)
        .where("owner_started_at", "=", owner.startedAt)
        .where("request", "is not", null)
    )
    .map(({ id, request }) => ({ id, request: request === "pause" ? "pause" : "cancel" }))

/** Gives up the campaigns of dead processes. */
export const interruptCampaigns = (db: Database): void => {
  const owned = db.all(
    sql
      .selectFrom("campaigns")
      .select(["id", "state", "owner_pid as pid", "owner_started_at as startedAt"])
      .where("owner_pid", "is not", null)
      .where("owner_started_at", "is not", null)
      .$narrowType<{ pid: NotNull; startedAt: NotNull }>()
  )
  for (const { id, state } of owned.filter((owner) => !isAlive(owner)))
    restCampaign(db, id, "interrupted", readObject(state, `campaign ${id}`))
}

interface CampaignRow {
  readonly id: string
  readonly status: string
  readonly created_at: string
  readonly brief: string
  readonly plan: string
  readonly state: string
}

const readCampaign = ({ id, status, created_at, brief, plan, state }: CampaignRow): CampaignRecord => {
  const what = `campaign ${id}`
  return {
    ...readObject<Pick<CampaignRecord, "suite" | "backends" | "settings" | "options">>(brief, what),
    id,
    createdAt: created_at,
    status: readStatus(status, what),
    plan: readObject(plan, what),
    state: withGateMessages(readObject(state, what))
  }
}

/** Gates that were stored before they had words of their own have none. */
const withGateMessages = (state: CampaignState): CampaignState => ({
  ...state,
  cells: state.cells.map((cell) => ({
    ...cell,
    gates: cell.gates.map((gate) => ({ ...gate, message: gate.message ?? "" }))
  }))
})

const readStatus = (status: string, what: string): CampaignStatus => {
  const known = campaignStatuses.find((candidate) => candidate === status)
  if (known === undefined) throw corruptRecord(what)
  return known
}
