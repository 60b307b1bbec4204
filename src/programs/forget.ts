import { type Query, sql } from '../db/database.ts'

/** Forgets tokens that ended and nonces that are too old to be taken again; run by the clock. */
export async function forgetOld(query: Query, at: Date): Promise<number> {
  const tokens = await query.run(sql`delete from program_token where ends_at < ${at}`)
  return tokens + (await query.run(sql`delete from spent_nonce where ends_at < ${at}`))
}
