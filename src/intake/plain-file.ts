import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { App } from '../app.ts'
import { sql } from '../db/database.ts'

/** Lends a sealed file as plain bytes on disk (a workbook is read from its end), readable by this user only, gone afterwards. */
export async function withPlainFile<T>(app: Pick<App, 'files'>, hash: string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mingxin-'))
  try {
    const path = join(folder, 'delivery')
    await pipeline(await app.files.get(hash), createWriteStream(path, { mode: 0o600 }))
    return await work(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Removes a file's bytes unless another delivery of the same bytes is still on its way. What is kept of a settled file are its rows, sealed. */
export async function releaseFile(app: Pick<App, 'files' | 'db'>, hash: string): Promise<void> {
  const waiting = await app.db.row(
    sql`select from delivery d join delivery_state s using (delivery_id) where d.file_hash = ${Buffer.from(hash, 'hex')} and s.state in ('received', 'settling') limit 1`,
  )
  if (!waiting) await app.files.remove(hash)
}

const AN_HOUR_MS = 3_600_000

/** Releases files whose deliveries were settled more than an hour ago; run by the clock. */
export async function releaseSettledFiles(app: Pick<App, 'files' | 'db' | 'now'>): Promise<number> {
  const before = new Date(app.now().getTime() - AN_HOUR_MS)
  const rows = await app.db.rows<{
    delivery_id: number
    hash: string
  }>(sql`select d.delivery_id, encode(d.file_hash, 'hex') as hash from delivery d join delivery_state s using (delivery_id)
    where s.settled_at < ${before} and s.released_at is null order by d.delivery_id limit 1000`)
  for (const { hash } of rows) await releaseFile(app, hash)
  await app.db.run(
    sql`update delivery_state set released_at = ${app.now()} where delivery_id = any(${rows.map(row => row.delivery_id)})`,
  )
  return rows.length
}
