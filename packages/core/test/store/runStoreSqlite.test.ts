import { openRunStore } from "../../src/store/sqlite/RunStoreSqlite.ts"
import { storeSuite } from "./storeSuite.ts"

storeSuite("the SQLite store", openRunStore(":memory:"))
