import type { Bound } from '../io/engine.ts'
import type { Loaded, Settings } from './settings.ts'

/** `restart`: the process is to begin anew. */
export type Ending = 'stop' | 'restart'

/** What the one who started the server may know of its operators' side. */
export interface Console {
  /** Where the monitor is, seen from this machine. */
  readonly url: string
  /** Makes the first operator, while there is none. Holds a secret: to be shown, not logged. */
  readonly firstLink: string | undefined
  /** A session of an admin, for what shows the monitor on this console. */
  readonly secret: () => string
  /** Keeps the log off the terminal until it is disposed of; the monitor shows what it says. */
  readonly holdLog: () => Disposable
}

/** A server that accepts connections, as the process around it sees it. */
export interface RunningServer {
  /** Where it listens, with the ports that the system chose. */
  readonly listening: readonly Bound[]
  /** `undefined`: the admin side is turned off. */
  readonly console: Console | undefined
  /**
   * Reads the configuration again and takes what can change while it runs. Resolves with the problems for
   * which it was refused, which are logged as well; the old one is kept then.
   */
  reload(): Promise<readonly string[]>
  /** Tells the clients, lets the queues drain, and closes. Twice is once. */
  stop(): Promise<void>
  /** Settles when it has stopped, whoever asked, and says what is to follow; rejects when it can't go on. */
  readonly stopped: Promise<Ending>
}

/** Rejects with a message fit for the operator when the server can't start. */
export type Serve = (settings: Settings, reloadSettings: () => Loaded) => Promise<RunningServer>
