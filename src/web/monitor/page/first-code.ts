/**
 * The code of the link that the first start prints, if the page was opened with it. It is out of the
 * address bar and the history before anything else happens.
 */
export function takeFirstCode(): string | undefined {
  const found = new URLSearchParams(location.hash.slice(1)).get('first')
  if (found === null) return undefined
  history.replaceState(null, '', location.pathname)
  return found
}
