import type { z } from 'zod'
import { type Actor, isProgram } from '../access/actor.ts'
import { look } from '../access/look.ts'
import { organisationsOf } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { NotFound } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { nameShownTo } from '../disclosure/mask-for.ts'
import type { SubjectKind } from '../subject/kind.ts'
import { requireUnit } from './confirm.ts'
import type * as doors from './contract.ts'
import type { NoticeKey } from './model.ts'
import { findOne, noticeView } from './views.ts'

type Shown = z.infer<(typeof doors.getCorrection)['output']>
type Card = { subjectId: SubjectId; name: string; uscc: string | null; kind: SubjectKind }

/**
 * Whom a notice is about, registered as a look at it: the receiver has to find its copy. What was taken away is not shown; whoever needs what
 * stands now checks anew. Refuses `correction.unknown` for another unit's.
 */
export async function readNotice(app: App, actor: Actor, key: NoticeKey): Promise<Shown> {
  const unit = requireUnit(actor)
  const notice = await findOne(app.db, key)
  if (notice?.receiver !== unit) throw new NotFound('correction.unknown')
  const request = {
    actor,
    outlet: isProgram(actor) ? 'api-records' : 'console-archive',
    purpose: app.words.say('receiver.look-purpose'),
    businessNo: `GZ${notice.noticeId}`,
    isMadeNumber: true,
    ground: { kind: 'law', basis: 'pipl#46' } as const,
    shown: ['card'],
  }
  const { rows, receipt } = await look<Card & Row>(app, request, [key.subjectId], {
    name: 'card-of-notice',
    text: 'select subject_id as "subjectId", name, uscc, kind from subject_card where subject_id = $1',
    values: [key.subjectId],
  })
  const [card] = rows
  if (!card) throw new NotFound('correction.unknown')
  const viewer = isProgram(actor) ? 'program' : 'other-unit'
  return {
    notice: noticeView(app, actor, notice, await organisationsOf(app, [unit])),
    subject: { ...card, name: nameShownTo(app.law, viewer, card) },
    receipt,
  }
}
