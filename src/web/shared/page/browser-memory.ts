/** What this browser remembers. It may forbid it: then it lasts as long as the page, where it has to. */
export function kept(name: string): string | undefined {
  try {
    return localStorage.getItem(`maru.${name}`) ?? undefined
  } catch {
    return undefined
  }
}

/** The names of what it remembers that begin so. */
export function namesKept(prefix: string): readonly string[] {
  try {
    const full = `maru.${prefix}`
    const names = Object.keys(localStorage).filter((name) => name.startsWith(full))
    return names.map((name) => name.slice('maru.'.length))
  } catch {
    return []
  }
}

export function keep(name: string, value: string): void {
  try {
    localStorage.setItem(`maru.${name}`, value)
  } catch {}
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(`maru.${name}`)
    sessionStorage.removeItem(`maru.${name}`)
  } catch {}
}

/** As long as this tab is open, reloads included. */
export function keepInTab(name: string, value: string): void {
  try {
    sessionStorage.setItem(`maru.${name}`, value)
  } catch {}
}

export function keptInTab(name: string): string | undefined {
  try {
    return sessionStorage.getItem(`maru.${name}`) ?? undefined
  } catch {
    return undefined
  }
}
