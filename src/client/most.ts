/** How much the client keeps, whatever a server sends. Beyond it the oldest goes, or what is new is left out. */
export const MOST = {
  /** Items of one timeline; trimmed to this when there are a quarter more. */
  items: 400,
  /** Of which stay at the end, however far back one looks. */
  tail: 60,
  /** Rooms and direct conversations. */
  conversations: 1000,
  members: 50_000,
  people: 100_000,
  notices: 200,
  mentions: 100,
  results: 200,
  listedRooms: 5000,
  listEntries: 1000,
  /** Of one MODE line, signs and all. */
  modeLetters: 200,
  typists: 20,
  /** Messages to which reactions are remembered, emoji of one, and people of one emoji. */
  reactedMessages: 2000,
  emoji: 50,
  reactors: 200,
  redactions: 2000,
  metadataKeys: 50,
  metadataCharacters: 1024,
  textCharacters: 20_000,
  /** Messages that wait to be sent. */
  queue: 200,
  /** Sent and not answered at a time. */
  unanswered: 8,
  asks: 500,
  batches: 64,
  batchEntries: 6000,
  motdLines: 500,
  capabilities: 500,
  isupportTokens: 500,
  whoisLines: 100,
  /** Pages that a break is caught up with by itself, for the conversation on the screen and for others. */
  catchUpPages: 5,
} as const
