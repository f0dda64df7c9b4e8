import { join } from 'node:path'

export interface UserFolders {
  /** What the user has written. */
  readonly config: string
  /** What programs keep: certificates that were agreed to, drafts, logs. */
  readonly state: string
}

interface Whereabouts {
  readonly platform: NodeJS.Platform
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/**
 * Maru's folders of a user. https://specifications.freedesktop.org/basedir-spec/latest/, and on Windows
 * %APPDATA% and %LOCALAPPDATA%.
 */
export function userFolders({ platform, environment, home }: Whereabouts): UserFolders {
  const folder = (variable: string, ...otherwise: readonly string[]): string => {
    const value = environment[variable] ?? ''
    return join(value === '' ? join(home, ...otherwise) : value, 'maru')
  }
  if (platform === 'win32') {
    return {
      config: folder('APPDATA', 'AppData', 'Roaming'),
      state: folder('LOCALAPPDATA', 'AppData', 'Local'),
    }
  }
  return {
    config: folder('XDG_CONFIG_HOME', '.config'),
    state: folder('XDG_STATE_HOME', '.local', 'state'),
  }
}
