import { dropVerb } from './nickserv-drop.ts'
import { infoVerb } from './nickserv-info.ts'
import { appPasswordVerb, certVerb } from './nickserv-keys.ts'
import { identifyVerb, logoutVerb, registerVerb } from './nickserv-login.ts'
import { ghostVerb, groupVerb, recoverVerb, regainVerb, ungroupVerb } from './nickserv-nicks.ts'
import {
  resetPasswordVerb,
  saRegisterVerb,
  suspendVerb,
  unsuspendVerb,
} from './nickserv-operators.ts'
import { sessionsVerb } from './nickserv-sessions.ts'
import { setVerb } from './nickserv-set.ts'
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
    REGISTER: registerVerb,
    IDENTIFY: identifyVerb,
    LOGOUT: logoutVerb,
    INFO: infoVerb,
    SET: setVerb,
    SESSIONS: sessionsVerb,
    REGAIN: regainVerb,
    RECOVER: recoverVerb,
    GHOST: ghostVerb,
    GROUP: groupVerb,
    UNGROUP: ungroupVerb,
    CERT: certVerb,
    APPPASSWORD: appPasswordVerb,
    DROP: dropVerb,
    SUSPEND: suspendVerb,
    UNSUSPEND: unsuspendVerb,
    SAREGISTER: saRegisterVerb,
    RESETPASSWORD: resetPasswordVerb,
  },
}
