import { CAP, hasCap, type Capabilities } from '../protocol/capabilities.ts'
import type { MetadataChanged, MetadataShown } from './room-event.ts'
import { lineBy, type Line } from './line.ts'
import { nameOfSubject } from './metadata.ts'

/**
 * `METADATA <Target> <Key> <Visibility> <Value>`; without a value when it is gone. All of it is for
 * everybody who hears of it. https://ircv3.net/specs/extensions/metadata#metadata-server-message
 */
export function renderMetadata(
  event: MetadataChanged | MetadataShown,
  caps: Capabilities,
  { serverName, time }: { readonly serverName: string; readonly time: string },
): Line[] {
  if (!hasCap(caps, CAP.metadata)) return []
  const { subject, key, value } = event
  const params = [nameOfSubject(subject), key, '*', ...(value === undefined ? [] : [value])]
  if (event.kind === 'metadataChanged' && event.by !== undefined) {
    return [lineBy(event.by, 'METADATA', params, time, {})]
  }
  return [{ source: serverName, command: 'METADATA', params, time }]
}
