/** The first Node that the database's native part works with; older ones die in it without a word. */
export const oldestNode = "22.18"

/** What to say to whoever runs an older Node; null: this one will do. */
export const oldNode = (version: string): string | null => {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  const [neededMajor = 0, neededMinor = 0] = oldestNode.split(".").map(Number)
  return major > neededMajor || (major === neededMajor && minor >= neededMinor)
    ? null
    : `The studio needs Node >= ${oldestNode}; this is ${version}.`
}
