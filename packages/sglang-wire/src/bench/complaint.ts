/** Lines that are noise around the reason of a failed Python program. */
const noise = /warning|warnings\.warn|^\s|^Traceback|^During handling|^The above exception|^(INFO|DEBUG)\b/i

/** The line that says why a benchmark program ended: the last exception, else the last thing that it said. */
export const complaintOf = (stdout: string, stderr: string): string => {
  const errors = meaningful(stderr)
  const exception = errors.findLast((line) => /^([\w.]+(Error|Exception|Interrupt|Exit)\b|.*\berror: )/.test(line))
  return exception ?? errors.at(-1) ?? meaningful(stdout).at(-1) ?? "it printed nothing"
}

/** Without the time and the rank that a logger puts in front. */
export const plainLine = (line: string): string =>
  line.replace(/^\[[^\]]*\d\d:\d\d:\d\d[^\]]*\] ?/, "").replace(/^\[rank\d+\]: ?/, "")

const meaningful = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map(plainLine)
    // A ruler under the last words is none of them.
    .filter((line) => /\p{L}/u.test(line) && !noise.test(line) && !/it\/s\]|s\/it\]/.test(line))
