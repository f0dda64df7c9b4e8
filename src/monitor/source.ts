import type { FeedEntry, FeedFrame, FeedPosition, Snapshot } from '../feed/feed.ts'
import type { Series } from '../feed/figures.ts'
import type { ConnectionRow, RoomMember, View, ViewQuery } from '../feed/view.ts'

export interface CommandUse {
  readonly command: string
  readonly uses: number
  readonly bytes: number
}

/** All that can be seen of the running server; what every surface of the monitor reads from. */
export interface MonitorSource {
  snapshot(): Snapshot
  /** What came after a position, or how much of it is gone. */
  after(
    position: FeedPosition,
  ):
    | { readonly kind: 'entries'; readonly entries: readonly FeedEntry[] }
    | { readonly kind: 'gap'; readonly missed: number | 'unknown' }
  /** `entries` and `tick` frames, as they come, the first one right after what `snapshot` and `after` say at this moment. */
  subscribe(listener: (frame: FeedFrame) => void): Disposable
  /** Throws a `ViewError` for a query that makes no sense. */
  view(query: ViewQuery): Promise<View>
  connection(id: number): Promise<ConnectionRow | undefined>
  members(room: string): readonly RoomMember[] | undefined
  series(stepMs: Series['stepMs']): Series
  /** Most used first. */
  commands(): readonly CommandUse[]
}

/** Says which part of a query is wrong; fit to be shown. */
export class ViewError extends Error {}
