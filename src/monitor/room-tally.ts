/** What is counted of a room. */
export interface RoomTally {
  messages: number
  lastAtMs: number
}
