import type { Context } from "@sglang-studio/core/adapter"
import type { ArtifactKind } from "@sglang-studio/core/domain"

/** Stores a whole text as one artifact. */
export const saveArtifact = async (
  context: Context,
  artifact: { readonly name: string; readonly kind: ArtifactKind; readonly mediaType: string; readonly text: string }
): Promise<void> => {
  const writer = (await context.artifact(artifact.name, artifact.kind, artifact.mediaType)).getWriter()
  await writer.write(new TextEncoder().encode(artifact.text))
  await writer.close()
}
