import type { Bound } from '../io/engine.ts'
import type { Loaded, Settings } from './settings.ts'

/** `restart`: the process is to begin anew. */
export type Ending = 'stop' | 'restart'

/** A server that accepts connections, as the process around it sees it. */
export interface RunningServer {
  /** Where it listens, with the ports that the system chose. */
  readonly listening: readonly Bound[]
  /** Reads the configuration again and takes what can change while it runs. Refused: logs why, and keeps the old. */
  reload(): Promise<void>
  /** Tells the clients, lets the queues drain, and closes. Twice is once. */
  stop(): Promise<void>
  /** Settles when it has stopped, whoever asked, and says what is to follow; rejects when it can't go on. */
  readonly stopped: Promise<Ending>
}

/** Rejects with a message fit for the operator when the server can't start. */
export type Serve = (settings: Settings, reloadSettings: () => Loaded) => Promise<RunningServer>
