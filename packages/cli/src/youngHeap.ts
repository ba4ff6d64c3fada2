import { setFlagsFromString } from "node:v8"

/**
 * Loading a server's modules makes V8 double its young generation, which it then keeps: 5 MB for objects that are all
 * old by then. Held at its first size meanwhile, and let go for the work that comes after, it stays small in an idle one.
 */
export function holdYoungHeap(): void {
  setFlagsFromString("--semi-space-growth-factor=1")
}

/** What V8 does by itself. */
export function letYoungHeapGrow(): void {
  setFlagsFromString("--semi-space-growth-factor=2")
}
