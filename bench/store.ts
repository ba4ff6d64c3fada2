// How fast the store takes runs and lists them; the options are in the file it stands for.
import "../packages/core/bench/store.ts"
