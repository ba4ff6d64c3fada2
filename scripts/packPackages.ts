import { execFileSync } from "node:child_process"
import { mkdirSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The published packages, each by its folder. */
export const publishedPackages = ["core", "adapter-jax", "adapter-pytorch", "adapter-mock", "cli"] as const

export type PublishedPackage = (typeof publishedPackages)[number]

/** Packs published packages into `into`, building each in its own `prepack`; returns the tarballs by folder name. */
export function packPackages<Name extends PublishedPackage = PublishedPackage>(
  into: string,
  names: readonly Name[] = publishedPackages as readonly PublishedPackage[] as readonly Name[]
): { readonly [name in Name]: string } {
  mkdirSync(into, { recursive: true })
  return Object.fromEntries(
    names.map((name) => [name, join(into, packFolder(join(root, "packages", name), into))])
  ) as { readonly [name in Name]: string }
}

/** Packs one folder; returns the tarball's name. */
export function packFolder(folder: string, into: string): string {
  const output = execFileSync("npm", ["pack", "--json", "--loglevel=error", "--pack-destination", into], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    env: cleanEnv()
  })
  // Build output of `prepack` may come before the document.
  const [packed] = JSON.parse(output.slice(output.search(/^\[/m))) as readonly { readonly filename: string }[]
  return packed!.filename
}

/** The environment of a user's shell with this Node first: what npm and pnpm set for their own scripts left out. */
export const cleanEnv = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|pnpm_|INIT_CWD|VITEST|NODE_ENV|NODE_OPTIONS)/i.test(name))
  ),
  PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`
})
