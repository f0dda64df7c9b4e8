/** Who is at the other end of a socket, by its own address or by what a proxy says. */
export interface Peer {
  readonly address: string
  readonly port: number
  /** What a proxy says about its own client. */
  readonly tls?: boolean
}
