import { accessVerb, flagsVerb } from './chanserv-access.ts'
import { infoVerb, listVerb } from './chanserv-info.ts'
import { purgeVerb, unpurgeVerb } from './chanserv-purge.ts'
import { rankVerbs } from './chanserv-ranks.ts'
import { dropVerb, registerVerb } from './chanserv-register.ts'
import { acceptVerb, transferVerb } from './chanserv-transfer.ts'
import type { Service } from './service.ts'

/** The service that looks after registered rooms. docs/rooms.md */
export const chanserv: Service = {
  name: 'ChanServ',
  commands: ['CS', 'CHANSERV'],
  docs: 'docs/rooms.md',
  summary: {
    en: 'ChanServ looks after rooms: those that are registered stay when everybody has left.',
    ko: 'ChanServ는 방을 관리합니다. 등록된 방은 모두가 나가도 그대로 남습니다.',
  },
  verbs: {
    REGISTER: registerVerb,
    DROP: dropVerb,
    INFO: infoVerb,
    LIST: listVerb,
    ACCESS: accessVerb,
    FLAGS: flagsVerb,
    ...rankVerbs,
    TRANSFER: transferVerb,
    ACCEPT: acceptVerb,
    PURGE: purgeVerb,
    UNPURGE: unpurgeVerb,
  },
}
