import { createHash, randomBytes } from "node:crypto"
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, unlink } from "node:fs/promises"
import { dirname, join } from "node:path"
import { currentOwner, isAlive } from "./owner.ts"

/**
 * A file that is being written: `keep` puts it in its place under its hash, `discard` removes it. After a write that
 * failed there is nothing to keep: `keep` removes the file and rejects with that failure.
 */
export interface PendingFile {
  readonly write: (bytes: Uint8Array) => Promise<void>
  readonly keep: () => Promise<{ readonly sha256: string; readonly sizeBytes: number }>
  readonly discard: () => Promise<void>
}

/** Where the content with this hash lies, or would. Anything but 64 hex digits names nothing. */
export const artifactPath = (dataDir: string, sha256: string): string => {
  if (!/^[0-9a-f]{64}$/u.test(sha256)) throw new RangeError(`Not a SHA-256 in hex: ${sha256.slice(0, 80)}`)
  return join(dataDir, "artifacts", "sha256", sha256.slice(0, 2), sha256)
}

/** Content reaches its place whole or not at all: temp file, fsync, rename. The same content is one file. */
export const openPending = async (dataDir: string): Promise<PendingFile> => {
  const { pid, startedAt } = currentOwner()
  const path = join(dataDir, "tmp", `${prefix}${pid}~${startedAt}~${randomBytes(6).toString("hex")}`)
  const file = await open(path, "wx")
  const hash = createHash("sha256")
  let sizeBytes = 0
  let failed: Promise<never> | null = null
  const discard = async () => {
    await file.close()
    await rm(path, { force: true })
  }
  return {
    write: async (bytes) => {
      try {
        await writeAll(file, bytes)
      } catch (cause) {
        // A part of the bytes may have reached the disk.
        failed = Promise.reject(cause)
        failed.catch(() => {})
        throw cause
      }
      hash.update(bytes)
      sizeBytes += bytes.byteLength
    },
    keep: async () => {
      try {
        await failed
        await file.sync()
        await file.close()
        const sha256 = hash.digest("hex")
        await moveInto(path, artifactPath(dataDir, sha256), sizeBytes)
        return { sha256, sizeBytes }
      } catch (cause) {
        await discard()
        throw cause
      }
    },
    discard
  }
}

/** Removes what dead processes were writing. */
export const removeAbandoned = async (dataDir: string): Promise<void> => {
  const folder = join(dataDir, "tmp")
  for (const name of await readdir(folder)) {
    if (name.startsWith(prefix) && !isOwnerAlive(name)) await rm(join(folder, name), { force: true })
  }
}

const prefix = "artifact~"

const isOwnerAlive = (name: string): boolean => {
  const [, pid, startedAt = ""] = name.split("~")
  return isAlive({ pid: Number(pid), startedAt })
}

const writeAll = async (file: FileHandle, bytes: Uint8Array): Promise<void> => {
  let at = 0
  while (at < bytes.byteLength) at += (await file.write(bytes, at)).bytesWritten
}

const moveInto = async (from: string, to: string, sizeBytes: number): Promise<void> => {
  const there = await stat(to).catch(() => null)
  // A shorter file under this hash was cut by a failing disk: the new one replaces it.
  if (there?.size === sizeBytes) return unlink(from)
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
  const folder = await open(dirname(to))
  await folder.sync()
  await folder.close()
}
