import type { CommandGroup, UserContext } from '../command.ts'
import type { Effect } from '../effect.ts'
import { serve } from './serve.ts'
import type { Service } from './service.ts'
import { services } from './services.ts'

/** `NS HELP` is `PRIVMSG NickServ :HELP`, and goes to nobody else even if there were no NickServ. */
export const serviceCommands: CommandGroup = Object.fromEntries(
  services.flatMap((service) =>
    service.commands.map((command) => [
      command,
      {
        when: 'registered',
        minParams: 0,
        cost: 2,
        syntax: `${command} <command> [<words>…]`,
        summary: `Asks ${service.name}: ${service.summary.en}`,
        spec: service.docs,
        run: (context: UserContext): Iterable<Effect> => ask(context, service),
      },
    ]),
  ),
)

function ask(context: UserContext, service: Service): Iterable<Effect> {
  return serve(context, service, context.params.join(' '))
}
