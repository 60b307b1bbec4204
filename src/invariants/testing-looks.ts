import type { LightMyRequestResponse } from 'fastify'
import type { SubjectId } from '../base/id.ts'
import type { Reason } from './reasons.ts'
import type { Outside } from './testing.ts'

/* The register of looks as somebody outside of the platform sees it. */

export type LookRow = Readonly<
  Record<'subject_id' | 'outlet' | 'purpose' | 'business_no' | 'actor' | 'ground' | 'xmin', string>
> & {
  readonly basis: string | null
}

/** A way to read what is not public: how it is asked, and whose data it shows. */
export type Read = {
  readonly name: string
  /** The purpose and number are the caller's to give; the queue and the subject's own report have theirs. */
  readonly asksReason: boolean
  ask(reason: Reason): Promise<LightMyRequestResponse>
  shows(): readonly SubjectId[]
}

/** Entries of the register that came after one. */
export async function newLooks(outside: Outside, before: number): Promise<LookRow[]> {
  return await outside.rows<LookRow>('select *, xmin::text from look where look_id > $1 order by subject_id', [before])
}

/** The last entry there is. */
export async function lastLook(outside: Outside): Promise<number> {
  const [row] = await outside.rows<{ last: number }>(
    'select greatest((select max(look_id) from look), (select max(look_id) from look_miss), 0)::float8 as last',
  )
  return row?.last ?? 0
}
