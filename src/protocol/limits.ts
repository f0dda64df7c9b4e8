/** Every limit of Maru, named, with its default. `limits = "off"` lifts those of the edge, for load tests. */

export interface EdgeLimits {
  /** Wall-clock time that a stranger has to register. */
  readonly registrationMs: number
  /** Input that a stranger may send in all. */
  readonly registrationBytes: number
  readonly registrationLines: number
  readonly tlsHandshakeMs: number
  readonly httpHeadersMs: number
  /** Longest line with its tags and line end. https://ircv3.net/specs/extensions/message-tags#size-limit */
  readonly lineBytes: number
  /** Input without a line end beyond which a connection is closed. */
  readonly unparsedBytes: number
  /** Line budget: so many cost points at once, then so many per second. */
  readonly lineBurst: number
  readonly linesPerSecond: number
  /** Points that one who has just come in has besides, for what brings a client to where it was; once. */
  readonly lineWelcome: number
  readonly byteBurst: number
  readonly bytesPerSecond: number
  /** A connection with more queued output than this is closed at once … */
  readonly sendQueueBytes: number
  /** … and one that stays above this for `slowReaderMs` as well. */
  readonly slowReaderBytes: number
  readonly slowReaderMs: number
  /** Part of the heap limit that all send queues together may take; over it the biggest goes first. */
  readonly queuesShareOfHeap: number
  /** From one address, per I/O thread: TLS handshakes in progress, and web requests without an answer. */
  readonly handshakesPerAddress: number
  /** WebSocket message size and number of fragments. */
  readonly webSocketBytes: number
  readonly webSocketFragments: number
}

export interface AdmissionLimits {
  /** Connections at a time from one IPv4 address or IPv6 /64. Loopback is exempt. */
  readonly connectionsPerAddress: number
  /** New connections from it within `newConnectionsWindowMs`. */
  readonly newConnectionsPerAddress: number
  readonly newConnectionsWindowMs: number
  /** Connections in all; 0: as many as the system allows. */
  readonly connections: number
}

export interface ChatLimits {
  readonly pingAfterMs: number
  readonly dropAfterMs: number
  readonly nickLength: number
  readonly userLength: number
  readonly realNameLength: number
  readonly channelLength: number
  readonly topicLength: number
  readonly awayLength: number
  readonly kickLength: number
  readonly keyLength: number
  readonly channelsPerUser: number
  readonly targetsPerMessage: number
  readonly monitorEntries: number
  readonly silenceEntries: number
  readonly acceptEntries: number
  /** Entries of one list mode (b, e or I) of a channel. */
  readonly listEntries: number
  /** Mode changes with an argument in one MODE. */
  readonly modesPerCommand: number
  readonly whowasEntries: number
  readonly multilineBytes: number
  readonly multilineLines: number
  /** From its first to its last line. */
  readonly multilineMs: number
  /** docs/client-msgid.md */
  readonly clientMsgidBytes: number
  /** Names of messages that the server remembers in all. */
  readonly clientMsgidEntries: number
  readonly clientMsgidMs: number
  /** Rooms that an account may register. */
  readonly roomsPerAccount: number
  /** Accounts that may have a rank of their own in a registered room. */
  readonly accessEntries: number
  /** Of one person or room. https://ircv3.net/specs/extensions/metadata */
  readonly metadataKeys: number
  readonly metadataValueBytes: number
  /** Keys that a client may want to hear of. */
  readonly metadataSubscriptions: number
  /** Values that somebody may set within a minute. */
  readonly metadataPerMinute: number
  /** Messages that one question about the past is answered with, and their bytes on the wire. */
  readonly historyLines: number
  readonly historyBytes: number
  /** Read markers of one person. */
  readonly markerEntries: number
  /** Messages of the last `replayMs` that clients without CHATHISTORY are shown when they come into a room. */
  readonly replayLines: number
  readonly replayMs: number
  /** For how long people may take back what they said; 0: for ever. */
  readonly redactMs: number
}

export interface Limits {
  readonly edge: EdgeLimits
  readonly admission: AdmissionLimits
  readonly chat: ChatLimits
}

/** Line end included. https://modern.ircdocs.horse/#messages */
export const MESSAGE_BYTES = 512
/** `@`, the data and the space. https://ircv3.net/specs/extensions/message-tags#size-limit */
export const CLIENT_TAG_BYTES = 4096

export const DEFAULT_LIMITS: Limits = {
  edge: {
    registrationMs: 20_000,
    registrationBytes: 8 * 1024,
    registrationLines: 64,
    tlsHandshakeMs: 10_000,
    httpHeadersMs: 10_000,
    lineBytes: 8191,
    unparsedBytes: 16 * 1024,
    lineBurst: 10,
    linesPerSecond: 2,
    lineWelcome: 100,
    byteBurst: 16 * 1024,
    bytesPerSecond: 4 * 1024,
    sendQueueBytes: 1024 * 1024,
    slowReaderBytes: 256 * 1024,
    slowReaderMs: 10_000,
    queuesShareOfHeap: 0.25,
    handshakesPerAddress: 16,
    webSocketBytes: 16 * 1024,
    webSocketFragments: 64,
  },
  admission: {
    connectionsPerAddress: 16,
    newConnectionsPerAddress: 32,
    newConnectionsWindowMs: 10 * 60_000,
    connections: 0,
  },
  chat: {
    pingAfterMs: 60_000,
    dropAfterMs: 120_000,
    nickLength: 32,
    userLength: 20,
    realNameLength: 150,
    channelLength: 64,
    topicLength: 390,
    awayLength: 390,
    kickLength: 390,
    keyLength: 32,
    channelsPerUser: 100,
    targetsPerMessage: 4,
    monitorEntries: 100,
    silenceEntries: 32,
    acceptEntries: 100,
    listEntries: 100,
    modesPerCommand: 12,
    whowasEntries: 1000,
    multilineBytes: 4096,
    multilineLines: 100,
    multilineMs: 60_000,
    clientMsgidBytes: 64,
    clientMsgidEntries: 500_000,
    clientMsgidMs: 24 * 60 * 60_000,
    roomsPerAccount: 15,
    accessEntries: 100,
    metadataKeys: 20,
    metadataValueBytes: 256,
    metadataSubscriptions: 50,
    metadataPerMinute: 20,
    historyLines: 1000,
    historyBytes: 128 * 1024,
    markerEntries: 1000,
    replayLines: 20,
    replayMs: 7 * 24 * 60 * 60_000,
    redactMs: 0,
  },
}
