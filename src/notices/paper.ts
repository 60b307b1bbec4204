import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import { NotFound } from '../base/refusal.ts'
import { type Row, sql } from '../db/database.ts'
import { cityInstant } from '../reports/issue.ts'
import type { PrintedLetters } from '../reports/letters-model.ts'
import type { Letter, NoticeKey, ServiceAddress } from './model.ts'
import { openLetter } from './store.ts'

/* Letters on paper: set in type from what is sealed, kept as a sealed file. The same letter gives the same bytes. */

export type LetterToPrint = { readonly letter: Letter; readonly cover: Omit<ServiceAddress, 'email'> | null }

/** What the typesetter is given. */
export function printedLetters(app: Pick<App, 'city'>, letters: readonly LetterToPrint[], madeAt: Date): PrintedLetters {
  return {
    kind: 'letters',
    exampleCity: app.city.notice !== null,
    madeAt: cityInstant(madeAt, app.city.zone),
    letters: letters.map(({ letter, cover }) => ({
      title: letter.title,
      number: letter.number,
      unitName: letter.unitName,
      addressee: letter.addressee,
      day: letter.day,
      paragraphs: letter.paragraphs,
      cover: cover && { recipient: cover.recipient, postal: cover.postal, telephone: cover.telephone },
    })),
  }
}

type ToRender = { readonly sealed: Buffer; readonly madeAt: Date; readonly pdfHash: string | null } & Row

/**
 * Sets a letter in type and keeps it; done once, however often it is asked. For the worker, whose own reads are acts. The hash of the file.
 */
export async function renderNotice(app: App, key: NoticeKey): Promise<string> {
  const { subjectId, noticeId } = key
  const found = await app.db.row<ToRender>(sql`select n.sealed, n.made_at as "madeAt", f.pdf_hash as "pdfHash" from notice n
    left join notice_file f using (subject_id, notice_id) where n.subject_id = ${subjectId} and n.notice_id = ${noticeId}`)
  if (!found) throw new NotFound('notice.unknown')
  if (found.pdfHash !== null) return found.pdfHash
  const letter = openLetter(app, noticeId, found.sealed)
  const { pdf, pages } = await app.renderer.renderLetters(printedLetters(app, [{ letter, cover: null }], found.madeAt))
  const { hash } = await app.files.put(pdf)
  const detail = { noticeId, pages }
  await change(app, SYSTEM, { deed: 'notice.render', entity: `notice:${noticeId}`, detail }, async ({ tx, at }) => {
    await tx.run(sql`insert into notice_file (subject_id, notice_id, pdf_hash, pages, made_at)
      values (${subjectId}, ${noticeId}, ${hash}, ${pages}, ${at}) on conflict on constraint notice_file_key do nothing`)
  })
  return hash
}

/** The letter as it was set in type; where the worker has not come to it yet, set now: the bytes are the same. */
export async function paperOf(app: App, { subjectId, noticeId }: NoticeKey, letter: Letter, madeAt: Date): Promise<Buffer> {
  const kept = await app.db.row<{ pdfHash: string }>(
    sql`select pdf_hash as "pdfHash" from notice_file where subject_id = ${subjectId} and notice_id = ${noticeId}`,
  )
  if (kept && (await app.files.has(kept.pdfHash))) return await app.files.read(kept.pdfHash)
  return (await app.renderer.renderLetters(printedLetters(app, [{ letter, cover: null }], madeAt))).pdf
}
