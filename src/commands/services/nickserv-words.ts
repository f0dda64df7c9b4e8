import type { Suspension } from '../../state/account.ts'
import type { Words } from './service.ts'

/** What NickServ says, beside what its verbs say of themselves. */

export const loggedInAs = (account: string): Words => ({
  en: `You are now logged in as ${account}.`,
  ko: `${account} 계정으로 로그인했습니다.`,
})

export const registered = (account: string): Words => ({
  en: `The account ${account} is registered, and you are logged in to it.`,
  ko: `${account} 계정을 등록하고 로그인했습니다.`,
})

export const wrongPassword: Words = {
  en: 'That is not the right account or password.',
  ko: '계정 또는 비밀번호가 올바르지 않습니다.',
}

export const busy: Words = {
  en: 'Too many people are logging in at the moment: try again in a few seconds.',
  ko: '지금은 로그인하는 사람이 너무 많습니다. 몇 초 뒤에 다시 시도해 주세요.',
}

export const waitSeconds = (seconds: number): Words => ({
  en: `Too many wrong passwords: try again in ${seconds} s.`,
  ko: `잘못된 비밀번호가 너무 많았습니다. ${seconds}초 뒤에 다시 시도해 주세요.`,
})

export const suspended = ({ reason }: Suspension): Words => ({
  en: `This account is suspended: ${reason}`,
  ko: `정지된 계정입니다: ${reason}`,
})

export const otherConnections: Words = {
  en: 'You have other connections, which are logged in to another account: log out first.',
  ko: '다른 계정으로 로그인한 연결이 있습니다. 먼저 로그아웃해 주세요.',
}

export const loggedOutNow: Words = {
  en: 'You are logged out.',
  ko: '로그아웃했습니다.',
}

export const notRegistered = (name: string): Words => ({
  en: `${name} is not registered.`,
  ko: `${name} 이름은 등록되지 않았습니다.`,
})

export const notOnline = (nick: string): Words => ({
  en: `Nobody is called ${nick} at the moment.`,
  ko: `지금 ${nick} 닉네임을 쓰는 사람이 없습니다.`,
})

export const notYours = (nick: string): Words => ({
  en: `${nick} is not a nick of your account.`,
  ko: `${nick} 닉네임은 내 계정의 것이 아닙니다.`,
})

export const ghosted = (nick: string): Words => ({
  en: `The connection that was called ${nick} has been ended.`,
  ko: `${nick} 닉네임을 쓰던 연결을 끊었습니다.`,
})

export const regained = (nick: string): Words => ({
  en: `You have the nick ${nick} again.`,
  ko: `${nick} 닉네임을 되찾았습니다.`,
})

export const thatIsYou: Words = {
  en: 'That is you.',
  ko: '바로 이 연결입니다.',
}

export const grouped = (nick: string): Words => ({
  en: `The nick ${nick} belongs to your account now.`,
  ko: `이제 ${nick} 닉네임은 내 계정의 것입니다.`,
})

export const ungrouped = (nick: string): Words => ({
  en: `The nick ${nick} does not belong to your account any more.`,
  ko: `${nick} 닉네임은 더 이상 내 계정의 것이 아닙니다.`,
})

export const nickTaken = (nick: string): Words => ({
  en: `${nick} belongs to an account already, or looks like a nick that does.`,
  ko: `${nick} 닉네임은 이미 다른 계정의 것이거나, 그런 닉네임과 혼동하기 쉽습니다.`,
})

export const tooMany = (limit: number): Words => ({
  en: `There are ${limit} already, and no more may be.`,
  ko: `이미 ${limit}개가 있어 더 추가할 수 없습니다.`,
})

export const nothingThere: Words = {
  en: 'There is nothing to list.',
  ko: '목록이 비어 있습니다.',
}

export const noSuchEntry: Words = {
  en: 'There is no such entry.',
  ko: '그런 항목이 없습니다.',
}

export const added = (what: string): Words => ({
  en: `Added: ${what}`,
  ko: `추가했습니다: ${what}`,
})

export const removed = (what: string): Words => ({
  en: `Removed: ${what}`,
  ko: `삭제했습니다: ${what}`,
})

export const isSetTo = (name: string, value: string): Words => ({
  en: `${name} is now ${value}.`,
  ko: `${name} 설정: ${value}`,
})

export const noCertificate: Words = {
  en: 'This connection has no certificate: connect with one, or give its SHA-256 fingerprint in hex.',
  ko: '이 연결에는 인증서가 없습니다. 인증서로 접속하거나 SHA-256 지문을 16진수로 적어 주세요.',
}

export const certificateTaken: Words = {
  en: 'This certificate belongs to an account already.',
  ko: '이미 계정에 등록된 인증서입니다.',
}

export const appPasswordMade = (label: string): Words => ({
  en: `The password for ${label}, shown this once and never again. Use it in the place of yours:`,
  ko: `${label} 앱 비밀번호입니다. 지금 한 번만 보여 드립니다. 내 비밀번호 대신 쓰세요:`,
})

export const confirmDrop = (account: string, code: string): Words => ({
  en: `This takes the account ${account} away for good, and all that is kept for it. If you mean it: /msg NickServ DROP ${account} ${code}`,
  ko: `${account} 계정과 계정에 보관된 모든 것이 영구히 삭제됩니다. 정말 삭제하려면: /msg NickServ DROP ${account} ${code}`,
})

export const dropped = (account: string): Words => ({
  en: `The account ${account} is gone.`,
  ko: `${account} 계정을 삭제했습니다.`,
})

export const passwordChanged: Words = {
  en: 'The password is changed. Connections that are there stay; SESSIONS lists them.',
  ko: '비밀번호를 바꾸었습니다. 기존 연결은 유지됩니다. SESSIONS로 확인할 수 있습니다.',
}

export const done: Words = {
  en: 'Done.',
  ko: '완료했습니다.',
}
