/** The part of https://www.w3.org/TR/trusted-types/ that is needed. */
interface TrustedTypes {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ) => { readonly createScriptURL: (url: string) => string }
}

const types = (globalThis as { readonly trustedTypes?: TrustedTypes }).trustedTypes
const policy = types?.createPolicy('maru', { createScriptURL: ownScript })

/** The address of a script of this page, as workers take it: nothing from elsewhere is one. */
export function trustedScript(url: string): string {
  return policy === undefined ? ownScript(url) : policy.createScriptURL(url)
}

function ownScript(url: string): string {
  const { origin } = new URL(url, location.href)
  if (origin !== location.origin) throw new TypeError(`a script from ${origin}`)
  return url
}
