import type { OperatorBlock, ServerInfo } from '../commands/command.ts'
import type { AdmissionLimits } from '../protocol/limits.ts'
import { UNLIMITED } from './config-limits.ts'
import { mostConnections } from './open-files.ts'
import type { Settings } from './settings.ts'

/** What commands see of the settings. */
export function serverInfo(
  settings: Settings,
  facts: Pick<ServerInfo, 'version' | 'createdAtMs' | 'cloak'>,
): ServerInfo {
  const { sts, password, iconUrl } = settings
  return {
    ...facts,
    name: settings.serverName,
    networkName: settings.network,
    description: settings.description,
    motd: settings.motd,
    admin: settings.admin,
    limits: { ...settings.limits, admission: admissionOf(settings) },
    defaultChannelFlags: settings.defaultChannelModes,
    history: settings.history,
    clientTagDeny: settings.deniedClientTags,
    operators: operatorsOf(settings),
    gateways: settings.webirc.map(({ name, password: passwordHash, networks }) => ({
      name,
      passwordHash,
      networks,
    })),
    // They are kept in the log.
    ...(settings.history === 'off' ? {} : { accounts: settings.accounts }),
    ...(iconUrl === undefined ? {} : { icon: iconUrl }),
    ...(password === undefined ? {} : { passwordHash: password }),
    ...(sts === undefined ? {} : { sts: stsValues(sts) }),
  }
}

/** No more connections than the system has file handles for. */
function admissionOf({ limits: { admission } }: Settings): AdmissionLimits {
  const most = mostConnections() ?? UNLIMITED
  const wanted = admission.connections === 0 ? UNLIMITED : admission.connections
  return { ...admission, connections: Math.min(most, wanted) }
}

function operatorsOf({ opers, operClasses }: Settings): OperatorBlock[] {
  return opers.map(({ name, password, class: className }) => ({
    name,
    passwordHash: password,
    class: className,
    privileges: operClasses.find((each) => each.name === className)?.privileges ?? [],
  }))
}

/** A client on a plain port is told where to go, one on TLS for how long to stay. https://ircv3.net/specs/extensions/sts */
function stsValues({ port, durationSeconds, preload }: NonNullable<Settings['sts']>): {
  plain: string
  secure: string
} {
  return {
    plain: `port=${port}`,
    secure: `duration=${durationSeconds}${preload ? ',preload' : ''}`,
  }
}
