import type { Client, ClientBase } from 'pg'
import { connectPostgres, dropPostgres, type PostgresPlace } from './postgres-connection.ts'
import { isLost } from './postgres-error.ts'

/** How long after a loss one connects again, in all. */
const RETRIES_MS = [0, 100, 250, 500, 1000, 1000, 1000]

const BEGIN = {
  read: 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
  write: 'BEGIN',
} as const

/** There is a new connection after one was lost; nothing else has used it yet. */
export type Renewed = (client: ClientBase) => Promise<void>

/** The connection to the database, which comes and goes; one piece of work at a time. */
export class PostgresLink implements AsyncDisposable {
  readonly #place: PostgresPlace
  readonly #renewed: Renewed
  #client: Client | undefined = undefined
  #turn: Promise<unknown> = Promise.resolve()
  #isClosed = false

  private constructor(place: PostgresPlace, client: Client, renewed: Renewed) {
    this.#place = place
    this.#renewed = renewed
    this.#take(client)
  }

  /** Rejects when it can't be connected at first. */
  static async open(place: PostgresPlace, renewed: Renewed): Promise<PostgresLink> {
    return new PostgresLink(place, await connectPostgres(place), renewed)
  }

  /** `work` has the connection for itself. One that was lost is made anew for the next. */
  use<Result>(work: (client: ClientBase) => Promise<Result>): Promise<Result> {
    return this.#inTurn(async () => {
      const client = await this.#connected()
      try {
        return await work(client)
      } catch (error) {
        if (isLost(error)) {
          dropPostgres(client)
          this.#client = undefined
        }
        throw error
      }
    })
  }

  /** In a transaction; `read` sees one moment. */
  transaction<Result>(
    mode: 'read' | 'write',
    work: (client: ClientBase) => Promise<Result>,
  ): Promise<Result> {
    return this.use(async (client) => {
      await client.query(BEGIN[mode])
      try {
        const result = await work(client)
        await client.query('COMMIT')
        return result
      } catch (error) {
        if (!isLost(error)) await client.query('ROLLBACK')
        throw error
      }
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inTurn(async () => {
      this.#isClosed = true
      await this.#client?.end().catch(() => {})
      this.#client = undefined
    })
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => {})
    return result
  }

  #take(client: Client): void {
    this.#client = client
    // One that ends while nobody uses it is noticed before somebody does.
    client.once('end', () => {
      if (this.#client === client) this.#client = undefined
    })
  }

  async #connected(): Promise<Client> {
    if (this.#isClosed) throw new Error('the store is closed')
    if (this.#client !== undefined) return this.#client
    const fresh = await connectAgain(this.#place)
    try {
      await this.#renewed(fresh)
    } catch (error) {
      dropPostgres(fresh)
      throw error
    }
    this.#take(fresh)
    return fresh
  }
}

async function connectAgain(place: PostgresPlace): Promise<Client> {
  let lastError: unknown
  for (const waitMs of RETRIES_MS) {
    await new Promise((resolve) => setTimeout(resolve, waitMs))
    try {
      return await connectPostgres(place)
    } catch (error) {
      lastError = error
    }
  }
  throw lastError
}
