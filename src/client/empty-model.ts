import type { Model } from './model.ts'
import type { ClientSettings } from './turn.ts'
import { fold } from './fold.ts'

/** What there is before anything has been heard: also the model of an interface that waits for its first snapshot. */
export function emptyModel({
  nick,
  realName = nick,
}: Pick<ClientSettings, 'nick' | 'realName'>): Model {
  return {
    connection: { state: 'offline', attempts: 0 },
    self: { nick, key: fold(nick, 'ascii'), realName, modes: '', isOperator: false, metadata: {} },
    server: {
      name: '',
      network: '',
      motd: [],
      can: {
        history: false,
        search: false,
        redact: false,
        tags: false,
        multiline: false,
        readMarkers: false,
        metadata: false,
        register: false,
        registerNeedsEmail: false,
        login: false,
        confirms: false,
        resends: false,
        renameRooms: false,
        setName: false,
        monitor: false,
      },
      limits: {
        nickLength: 9,
        topicLength: 307,
        awayLength: 200,
        reasonLength: 307,
        roomNameLength: 50,
        historyPage: 100,
        multilineBytes: 0,
        multilineLines: 0,
      },
      ranks: [],
      modes: ['', '', '', ''],
      roomPrefixes: '#',
      saslMechanisms: [],
    },
    conversations: new Map(),
    timelines: new Map(),
    members: new Map(),
    people: new Map(),
    typing: new Map(),
    roomList: { state: 'none', rooms: [], isCut: false },
    search: { state: 'none', results: [], isMore: false },
    mentions: [],
    notices: [],
  }
}
