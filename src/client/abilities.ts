import { foldAnew, setServer, type Core } from './core.ts'
import { caseMapping } from './fold.ts'
import { isupportFacts } from './isupport-facts.ts'
import type { Abilities } from './model.ts'

/** Says what can be done with this server now. */
export function updateAbilities(core: Core): void {
  const { link } = core
  const { offered, caps, isupport } = link
  const mapping = isupport.size === 0 ? link.mapping : caseMapping(isupport.get('CASEMAPPING'))
  if (mapping !== link.mapping) {
    link.mapping = mapping
    foldAnew(core)
  }
  const registration = offered.get('draft/account-registration')
  const sasl = offered.get('sasl')
  const has = (name: string) => caps.has(name)
  const can: Abilities = {
    history: has('draft/chathistory') && has('batch') && has('message-tags') && has('server-time'),
    search: has('soju.im/search') && has('batch'),
    redact: has('draft/message-redaction'),
    tags: has('message-tags'),
    multiline: has('draft/multiline') && has('batch'),
    readMarkers: has('draft/read-marker'),
    metadata: has('draft/metadata-2'),
    register: registration !== undefined,
    registerNeedsEmail: (registration ?? '').split(',').includes('email-required'),
    login: sasl !== undefined,
    confirms: has('echo-message'),
    resends: has('maru.chat/client-msgid') && has('echo-message'),
    renameRooms: has('draft/channel-rename'),
    setName: has('setname'),
    monitor: isupport.has('MONITOR'),
  }
  setServer(core, {
    can,
    saslMechanisms: sasl === undefined || sasl === '' ? [] : sasl.split(','),
    ...isupportFacts(isupport, offered.get('draft/multiline')),
  })
}
