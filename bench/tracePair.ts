// How long a pair of long traces takes to compare; the options are in the file it stands for.
import "../packages/core/bench/tracePair.ts"
