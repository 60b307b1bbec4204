import { hash } from 'node:crypto'
import type { App } from '../app.ts'
import type { Database } from '../db/database.ts'

/*
 * What was signed once is taken once. Requests that come at the same time are written down together: one statement, one commit. A digest that
 * stood there before is not answered by the statement: that request is the second one.
 */

type Waiting = { readonly digest: Buffer; readonly endsAt: Date; settle(isFirst: boolean): void; fail(error: unknown): void }
type Line = { readonly waiting: Waiting[]; isBusy: boolean }

const lines = new WeakMap<Database, Line>()

/** True where nobody has sent this nonce under this key; kept until `endsAt`. Throws where it cannot be written down. */
export async function spend(app: Pick<App, 'db'>, keyId: string, nonce: string, endsAt: Date): Promise<boolean> {
  const digest = hash('sha256', JSON.stringify([keyId, nonce]), 'buffer')
  let line = lines.get(app.db)
  if (!line) {
    line = { waiting: [], isBusy: false }
    lines.set(app.db, line)
  }
  const { waiting } = line
  const answer = new Promise<boolean>((settle, fail) => waiting.push({ digest, endsAt, settle, fail }))
  if (!line.isBusy) void writeDown(app.db, line)
  return await answer
}

const MOST_AT_ONCE = 500

/** Writes down all that waits, then all that came meanwhile. */
async function writeDown(db: Database, line: Line): Promise<void> {
  line.isBusy = true
  while (line.waiting.length > 0) {
    const some = line.waiting.splice(0, MOST_AT_ONCE)
    try {
      await settle(db, some)
    } catch (error) {
      for (const one of some) one.fail(error)
    }
  }
  line.isBusy = false
}

async function settle(db: Database, some: readonly Waiting[]): Promise<void> {
  const own = new Map<string, Waiting>()
  for (const one of some) if (!own.has(one.digest.toString('hex'))) own.set(one.digest.toString('hex'), one)
  const digests = [...own.keys()].sort()
  const rows = await db.rows<{ digest: Buffer }>({
    name: 'spend-nonces',
    text: 'insert into spent_nonce (digest, ends_at) select * from unnest($1::bytea[], $2::timestamptz[]) on conflict do nothing returning digest',
    values: [digests.map(digest => own.get(digest)?.digest), digests.map(digest => own.get(digest)?.endsAt)],
  })
  const fresh = new Set(rows.map(row => row.digest.toString('hex')))
  // Of two in one statement the one that came first is the first.
  for (const one of some) {
    const digest = one.digest.toString('hex')
    one.settle(own.get(digest) === one && fresh.has(digest))
  }
}
