import { systemClock } from '../base/clock.ts'
import { readCertificate, selfSignedCertificate, type Certificate } from './certificate.ts'
import type { DataFolder } from './data-folder.ts'
import type { Settings } from './settings.ts'

export function usesTls({ listeners }: Settings): boolean {
  return listeners.tls.length > 0 || listeners.https !== undefined
}

/** The one that the settings name, or Maru's own. */
export async function certificateOf(settings: Settings, folder: DataFolder): Promise<Certificate> {
  if (settings.tls !== undefined) return readCertificate(settings.tls)
  return selfSignedCertificate(folder.path, settings.serverName, systemClock.now())
}
