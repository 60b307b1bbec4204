import pg from 'pg'

/*
 * The only place that opens connections. Days stay text, bigints are numbers (all ids lie below 2^53), instants are Dates.
 */

const INT8 = 20
const INT8_ARRAY = 1016
const DATE = 1082
const DATE_ARRAY = 1182

const types = new pg.TypeOverrides()
types.setTypeParser(INT8, text => Number(text))
types.setTypeParser(INT8_ARRAY, text => (text === '{}' ? [] : text.slice(1, -1).split(',').map(Number)) as unknown as string)
types.setTypeParser(DATE, text => text)
types.setTypeParser(DATE_ARRAY, text => (text === '{}' ? [] : text.slice(1, -1).split(',')) as unknown as string)

export type Row = Record<string, unknown>

/** A statement: text with $1…; `name` makes the server keep its plan (hot paths). */
export type Statement = { readonly name?: string; readonly text: string; readonly values?: readonly unknown[] }

/** What can be asked: a pool for one statement, or a transaction. */
export interface Query {
  /** All rows of a statement. */
  rows<T extends Row>(statement: Statement): Promise<T[]>
  /** Its only row, or undefined. */
  row<T extends Row>(statement: Statement): Promise<T | undefined>
  /** Runs it; how many rows it touched. */
  run(statement: Statement): Promise<number>
}

/** A transaction. Only `access/change.ts` and `access/look.ts` open one. */
export interface Tx extends Query {
  readonly client: pg.PoolClient
  /** Run after the commit, in order; not run on a rollback. */
  afterCommit(deed: () => void | Promise<void>): void
}

export interface Database extends Query {
  readonly pool: pg.Pool
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Text of a fixed SQL statement with its values in place: sql`select … ${x}`. */
export function sql(parts: TemplateStringsArray, ...values: unknown[]): Statement {
  let text = parts[0] ?? ''
  for (let i = 1; i < parts.length; i++) text += `$${i}${parts[i]}`
  return { text, values }
}

/**
 * A PostgreSQL array literal of tokens that need no quotes (numbers, uuids, days, codes of letters and digits): the driver would look at each
 * of thousands for what to escape. Null stands as NULL. Throws on a token that needs quotes.
 */
export function plainArray(tokens: readonly (string | number | null)[]): string {
  const text = tokens.map(token => token ?? 'NULL').join(',')
  if (!/^[0-9A-Za-z_,:.-]*$/.test(text)) throw new RangeError('a token of a plain array needs quotes')
  return `{${text}}`
}

function config(statement: Statement): pg.QueryConfig {
  const { name, text, values } = statement
  return { ...(name ? { name } : {}), text, values: values ? [...values] : [] }
}

function asking(target: { query(config: pg.QueryConfig): Promise<pg.QueryResult> }): Query {
  return {
    rows: async <T extends Row>(statement: Statement) => (await target.query(config(statement))).rows as T[],
    row: async <T extends Row>(statement: Statement) => (await target.query(config(statement))).rows[0] as T | undefined,
    run: async statement => (await target.query(config(statement))).rowCount ?? 0,
  }
}

/** Opens a pool. `max` connections, of which `kept` stay open once they were opened (default: none); `onError` hears of idle connections that broke. */
export function openDatabase(
  url: string,
  options: { max?: number; kept?: number; name?: string; onError?: (error: Error) => void } = {},
): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    min: options.kept ?? 0,
    // A kept connection is not what keeps a process alive: a test that failed before its end would never end.
    allowExitOnIdle: (options.kept ?? 0) > 0,
    application_name: options.name ?? 'mingxin',
    types,
    keepAlive: true,
  })
  // An idle connection that breaks is replaced by the pool; without a hearer its error would end the process.
  const heard = (error: Error): void => options.onError?.(error)
  pool.on('error', heard)
  pool.on('connect', client => client.on('error', heard))
  return {
    pool,
    ...asking(pool),
    transaction: work => transaction(pool, work),
    close: () => pool.end(),
  }
}

async function transaction<T>(pool: pg.Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  const after: (() => void | Promise<void>)[] = []
  const value = await within(client, { ...asking(client), client, afterCommit: deed => after.push(deed) }, work)
  for (const deed of after) await deed()
  return value
}

async function within<T>(client: pg.PoolClient, tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  let broken: Error | undefined
  try {
    await client.query('begin')
    const value = await work(tx)
    await client.query('commit')
    return value
  } catch (error) {
    // The rollback is part of the refusal: without it the connection would go back into the pool in mid-transaction.
    await client.query('rollback').catch((failed: Error) => {
      broken = failed
    })
    throw error
  } finally {
    client.release(broken)
  }
}
