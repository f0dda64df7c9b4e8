import { MESSAGE_BYTES } from '../../protocol/limits.ts'
import { utf8Length } from '../../protocol/utf8.ts'
import { wrapText } from '../../protocol/wrap-text.ts'
import type { ServerInfo } from '../command.ts'
import { reply, type Effect } from '../effect.ts'
import type { Service, ServiceContext, Words } from './service.ts'

/** The service says it in the language of who asked: NOTICEs, as many as it takes. */
export function tell(context: ServiceContext, words: Words): Effect[] {
  return tellText(context, words[context.language])
}

/** The same for what is alike in all languages: names, codes, syntax. */
export function tellText(
  { server, user, service }: Pick<ServiceContext, 'server' | 'user' | 'service'>,
  text: string,
): Effect[] {
  const source = serviceSource(service, server)
  const room = MESSAGE_BYTES - utf8Length(`:${source} NOTICE ${user.nick} :\r\n`)
  return wrapText(text, room).map((line) => reply('NOTICE', [user.nick, line], source))
}

export function serviceSource({ name }: Service, server: ServerInfo): string {
  return `${name}!services@${server.name}`
}
