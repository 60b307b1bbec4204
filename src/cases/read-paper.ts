import type { Actor } from '../access/actor.ts'
import { look } from '../access/look.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { NotFound } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { holderFor } from './files-of.ts'
import type { CaseKey } from './model.ts'
import { maySee } from './offices.ts'
import { paperFiles, paperName } from './papers.ts'
import { findCase } from './store.ts'

type PaperRow = Row & { readonly hash: string; readonly media: string; readonly sealed_name: Buffer }

/** A paper of a case, for whoever may see the case; registered as a look. Throws `case.unknown` and `paper.unknown`. */
export async function readPaper(
  app: App,
  actor: Actor,
  key: CaseKey,
  paperId: number,
): Promise<{ bytes: Buffer; media: string; name: string }> {
  const file = await findCase(app.db, key)
  if (!file) throw new NotFound('case.unknown')
  const heldFor = await holderFor(app.db, actor, file.subjectId, legalDay(app.now(), app.city.zone))
  if (!maySee(actor, { ...file, subjectId: heldFor })) throw new NotFound('case.unknown')
  const isOwn = actor.subjectId !== null
  const { rows } = await look<PaperRow>(
    app,
    {
      actor,
      outlet: isOwn ? 'account' : 'case',
      purpose: app.words.say(isOwn ? 'look.purpose-own' : 'case.purpose'),
      businessNo: file.number,
      isMadeNumber: true,
      ...(isOwn ? { ground: { kind: 'own' as const } } : {}),
      shown: ['case-paper'],
    },
    [file.subjectId],
    {
      name: 'case-paper',
      text: 'select hash, media, sealed_name from case_paper where subject_id = $1 and case_id = $2 and paper_id = $3',
      values: [key.subjectId, key.caseId, paperId],
    },
  )
  const [paper] = rows
  if (!paper) throw new NotFound('paper.unknown')
  return {
    bytes: await paperFiles(app, paperId).read(paper.hash),
    media: paper.media,
    name: paperName(app, paperId, paper.sealed_name),
  }
}
