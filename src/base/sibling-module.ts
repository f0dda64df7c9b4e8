/**
 * The URL of the module `name` (no extension) that lies beside the module whose `import.meta.url` is
 * `base`, with the extension that `base` has: `.ts` when the source runs, `.js` when the build does.
 * For `new Worker(new URL(…))`, where the compiler doesn't rewrite extensions as it does in imports.
 */
export function siblingModule(name: string, base: string): string {
  const bare = base.replace(/[?#].*$/, '')
  const folder = bare.slice(0, bare.lastIndexOf('/') + 1)
  const extension = /\.[cm]?[jt]s$/.exec(bare)?.[0] ?? '.js'
  return `${folder}${name}${extension}`
}
