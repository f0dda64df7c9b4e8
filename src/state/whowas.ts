/** Who left, for WHOWAS. */
export interface PastUser {
  readonly nick: string
  readonly userName: string
  readonly host: string
  readonly realHost: string
  readonly address: string
  readonly realName: string
  readonly account?: string
  readonly leftAtMs: number
}
