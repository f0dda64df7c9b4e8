import { infoVerb } from './nickserv-info.ts'
import type { Service } from './service.ts'

/** The service that looks after accounts and nicks. docs/accounts.md */
export const nickserv: Service = {
  name: 'NickServ',
  commands: ['NS', 'NICKSERV'],
  docs: 'docs/accounts.md',
  summary: {
    en: 'NickServ looks after accounts and nicks.',
    ko: 'NickServ는 계정과 닉네임을 관리합니다.',
  },
  verbs: {
    INFO: infoVerb,
  },
}
