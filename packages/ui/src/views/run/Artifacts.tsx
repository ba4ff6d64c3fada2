import { isFinished, type Artifact, type Run } from "@sglang-studio/core/domain"
import { useEffect, useState } from "preact/hooks"
import { artifactAddress, readArtifact } from "../../api/artifacts.ts"
import { toProblem, type Problem } from "../../api/problem.ts"
import { bytes } from "../../base/format.ts"
import { ProblemBox, Skeleton } from "../../parts/States.tsx"
import { query, setQuery } from "../../shell/router.ts"

/** The stored files of a run; text is shown in place. */
export const Artifacts = ({ run }: { run: Run }) => {
  const open = query.value.get("artifact")
  return (
    <section class="card" aria-labelledby="artifacts-title">
      <div class="card-head">
        <h2 id="artifacts-title">Artifacts</h2>
        <span class="note">{stored(run)}</span>
      </div>
      {run.artifacts.length > 0 && (
        <table class="rows">
          <tbody>
            {run.artifacts.map((artifact) => (
              <ArtifactRow key={artifact.name} run={run} artifact={artifact} open={open === artifact.name} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

const stored = ({ artifacts, status }: Run): string =>
  artifacts.length > 0
    ? `${bytes(artifacts.reduce((sum, one) => sum + one.sizeBytes, 0))} stored`
    : isFinished(status)
      ? "none was stored"
      : "requests, raw answers and logs appear here as the run writes them"

const readable = /json|text|yaml|xml|javascript|x-sh/

const ArtifactRow = ({ run, artifact, open }: { run: Run; artifact: Artifact; open: boolean }) => (
  <>
    <tr>
      <th scope="row">
        {readable.test(artifact.mediaType) ? (
          <button
            type="button"
            class="link mono"
            aria-expanded={open}
            onClick={() => setQuery({ artifact: open ? null : artifact.name })}
          >
            {artifact.name}
          </button>
        ) : (
          <span class="mono">{artifact.name}</span>
        )}
      </th>
      <td class="muted">{artifact.kind}</td>
      <td class="number muted">{bytes(artifact.sizeBytes)}</td>
      <td class="mono faint cut hash" title={artifact.sha256}>
        {artifact.sha256.replace(/^sha256:/, "").slice(0, 12)}
      </td>
      <td class="number">
        <a class="link" href={artifactAddress(run.id, artifact.name)} download={artifact.name}>
          download
        </a>
      </td>
    </tr>
    {open && (
      <tr>
        <td colSpan={5} class="viewer">
          <Viewer run={run} artifact={artifact} />
        </td>
      </tr>
    )}
  </>
)

const limit = 256_000

type Shown =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly problem: Problem }
  | { readonly state: "ready"; readonly text: string; readonly whole: boolean }

const Viewer = ({ run, artifact }: { run: Run; artifact: Artifact }) => {
  const [shown, setShown] = useState<Shown>({ state: "loading" })
  useEffect(() => {
    readArtifact(run.id, artifact.name, limit).then(
      ({ text, whole }) => setShown({ state: "ready", text: whole ? pretty(artifact, text) : text, whole }),
      (thrown: unknown) => setShown({ state: "failed", problem: toProblem(thrown) })
    )
  }, [run.id, artifact.name])
  if (shown.state === "loading") return <Skeleton lines={3} />
  if (shown.state === "failed") return <ProblemBox problem={shown.problem} />
  return (
    <>
      <pre class="text" tabIndex={0} role="region" aria-label={artifact.name}>
        {shown.text}
      </pre>
      {!shown.whole && (
        <p class="muted small-text cut-note">
          The first {bytes(limit)} of {bytes(artifact.sizeBytes)}; download the file for the rest.
        </p>
      )}
    </>
  )
}

const pretty = ({ mediaType }: Artifact, text: string): string => {
  if (!mediaType.endsWith("json")) return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
