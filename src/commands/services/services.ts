/** The services that there are. A new one is one import and one line here. */
import { foldCase } from '../../protocol/casemap.ts'
import { chanserv } from './chanserv.ts'
import { nickserv } from './nickserv.ts'
import type { Service } from './service.ts'

export const services: readonly Service[] = [nickserv, chanserv]

const byNick: ReadonlyMap<string, Service> = new Map(
  services.map((service) => [foldCase(service.name), service]),
)

export function serviceNamed(nick: string): Service | undefined {
  return byNick.get(foldCase(nick))
}
