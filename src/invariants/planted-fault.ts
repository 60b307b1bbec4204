import type { App } from '../app.ts'
import type { Query, Tx } from '../db/database.ts'

/** What a planted fault throws: not a refusal, as a broken connection or a full disk would not be one. */
export class PlantedFault extends Error {}

/**
 * The same platform, but the n-th statement (from 1, COPY counted) of a transaction fails: of every one, or only of the one named (from 1).
 * Everything before it has reached the database; nothing after it does.
 */
export function failingAt(app: App, n: number, only?: number): App {
  let count = 0
  let begun = 0
  const step = (): void => {
    count += 1
    if (count === n && (only === undefined || only === begun)) throw new PlantedFault(`statement ${n} of transaction ${begun}`)
  }
  const stepping = (query: Query): Query => ({
    rows: async statement => {
      step()
      return await query.rows(statement)
    },
    row: async statement => {
      step()
      return await query.row(statement)
    },
    run: async statement => {
      step()
      return await query.run(statement)
    },
  })
  const wrap = (tx: Tx): Tx => ({
    ...stepping(tx),
    afterCommit: deed => tx.afterCommit(deed),
    get client() {
      step()
      return tx.client
    },
  })
  const transaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    count = 0
    begun += 1
    return app.changes.transaction(tx => work(wrap(tx)))
  }
  return { ...app, changes: { ...app.changes, transaction } }
}

/** The same platform, but every statement inside its transactions waits for `gate` first, told the statement's name. */
export function pausing(app: App, gate: (name: string) => Promise<void>): App {
  const wrap = (tx: Tx): Tx => ({
    ...tx,
    rows: async statement => {
      await gate(statement.name ?? '')
      return await tx.rows(statement)
    },
    row: async statement => {
      await gate(statement.name ?? '')
      return await tx.row(statement)
    },
    run: async statement => {
      await gate(statement.name ?? '')
      return await tx.run(statement)
    },
  })
  const transaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => app.changes.transaction(tx => work(wrap(tx)))
  return { ...app, changes: { ...app.changes, transaction } }
}
