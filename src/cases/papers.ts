import { type Actor, SYSTEM } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import type { CaseKey, HandedPaper } from './model.ts'

/* Papers: sent first, handed in with an act. What is sent and never handed in goes after a day, or with the draft it belongs to. */

/** The largest paper, in bytes; a photograph is made smaller on the device before it is sent. */
export const LARGEST_PAPER = 10 * 1024 * 1024
const KEPT_HOURS = 24
/** So many papers of one person may wait for an act. */
export const MOST_WAITING = 40

/** What a paper may be, by its first bytes; the name that a sender gives says nothing. */
const MEDIA: readonly (readonly [media: string, start: readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
]

/** The kind of a paper by its content; undefined where it is none that is taken. */
export function mediaOf(bytes: Uint8Array): string | undefined {
  return MEDIA.find(([, start]) => start.every((byte, index) => bytes[index] === byte))?.[0]
}

/** Where the bytes of a paper lie: apart from every other file, so that they go with it, and nothing goes with them. */
export const paperFiles = ({ files }: Pick<App, 'files'>, paperId: number): ReturnType<App['files']['of']> =>
  files.of(`paper:${paperId}`)

const aadOf = (paperId: number): string => `case_paper:${paperId}`

/**
 * Keeps a paper that belongs to no case yet; only who sent it can hand it in. Refuses `paper.empty`, `paper.too-large`, `paper.media`
 * (PDF, JPEG and PNG are taken, by their content), `paper.too-many` (so many of this person wait that nothing is handed in with).
 */
export async function keepPaper(
  app: App,
  actor: Actor,
  bytes: Buffer,
  name: string,
): Promise<{ paperId: number; bytes: number }> {
  if (bytes.length === 0) throw new Refusal('paper.empty', null, {}, 422)
  if (bytes.length > LARGEST_PAPER) throw new Refusal('paper.too-large', null, { most: LARGEST_PAPER / 1024 / 1024 }, 413)
  const media = mediaOf(bytes)
  if (!media) throw new Refusal('paper.media', null, {}, 422)
  const waiting = await app.db.row<{ count: number }>(
    sql`select count(*)::int as count from case_upload where actor = ${actor.id} and used_at is null`,
  )
  if ((waiting?.count ?? 0) >= MOST_WAITING) throw new Refusal('paper.too-many', null, { most: MOST_WAITING }, 429)
  const paperId = await app.ids.next()
  const stored = await paperFiles(app, paperId).put(bytes)
  const sealedName = app.keys.seal('data', name.normalize('NFC').slice(0, 120), aadOf(paperId))
  const deed = { deed: 'case.send-paper', entity: `paper:${paperId}`, detail: { bytes: stored.bytes, media } }
  await change(app, actor, deed, ({ tx, at }) =>
    tx.run(sql`insert into case_upload (paper_id, actor, hash, bytes, media, sealed_name, at)
      values (${paperId}, ${actor.id}, ${stored.hash}, ${stored.bytes}, ${media}, ${sealedName}, ${at})`),
  )
  return { paperId, bytes: stored.bytes }
}

/** Hands papers in with an act. Refuses `paper.unknown` for one that was not sent by this person, is used, or has gone. */
export async function handIn(
  { tx, at, actor, actId }: Change,
  { subjectId, caseId }: CaseKey,
  entryNo: number,
  papers: readonly HandedPaper[],
): Promise<void> {
  for (const { paper, paperId } of papers) {
    const moved = await tx.run(sql`with used as (update case_upload set used_at = ${at}
        where paper_id = ${paperId} and actor = ${actor.id} and used_at is null returning *)
      insert into case_paper (subject_id, case_id, paper_id, entry_no, paper, hash, bytes, media, sealed_name, act_id)
      select ${subjectId}::bigint, ${caseId}::bigint, paper_id, ${entryNo}::int, ${paper}::text, hash, bytes, media, sealed_name, ${actId}::bigint from used`)
    if (moved === 0) throw new NotFound('paper.unknown')
  }
}

/** The name under which a paper was sent. */
export function paperName(app: Pick<App, 'keys'>, paperId: number, sealed: Buffer): string {
  return app.keys.open(sealed, aadOf(paperId)).toString()
}

/** Forgets papers that were sent a day ago, handed in with nothing and kept by no draft, with their bytes; how many. */
export async function forgetPapers(app: App): Promise<number> {
  const before = new Date(app.now().getTime() - KEPT_HOURS * 3_600_000)
  const waiting = sql`select paper_id from case_upload u where u.at < ${before} and u.used_at is null
    and not exists (select from case_draft d where u.paper_id = any(d.paper_ids))`
  const old = (await app.db.rows<{ paper_id: number }>(waiting)).map(row => row.paper_id)
  if (old.length === 0) return 0
  const gone = await change(app, SYSTEM, { deed: 'case.forget-papers', entity: 'system' }, async ({ tx, tell }) => {
    const rows = await tx.rows<{ paper_id: number; hash: string }>(sql`delete from case_upload where paper_id = any(${old})
      and used_at is null returning paper_id, hash`)
    tell({ papers: rows.length })
    return rows
  })
  for (const { paper_id: paperId, hash } of gone) await paperFiles(app, paperId).remove(hash)
  return gone.length
}
