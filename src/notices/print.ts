import type { Actor } from '../access/actor.ts'
import { looking } from '../access/look.ts'
import type { App } from '../app.ts'
import { NotFound } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { openAddress } from './address.ts'
import type { NoticeHead, NoticeKey } from './model.ts'
import { type LetterToPrint, printedLetters } from './paper.ts'
import { recordPrinted } from './proof.ts'
import { HEAD, openLetter } from './store.ts'
import { unitRequest } from './views.ts'

type ToPrint = NoticeHead &
  Row & {
    readonly sealed: Buffer
    readonly name: string
    readonly registered: string | null
    readonly addressId: number | null
    readonly address: Buffer | null
  }

const TO_PRINT = `select ${HEAD}, n.sealed, c.name, c.address as registered, a.address_id as "addressId", a.sealed as address from notice n
  join subject_card c using (subject_id)
  left join lateral (select address_id, sealed from service_address where subject_id = n.subject_id order by address_id desc limit 1) a on true
  where n.subject_id = $1 and n.notice_id = $2`

/**
 * Letters for the post as one file, each behind a sheet with its address: the one that the subject gave, else the registered one. That they
 * were printed is written down first; then each is looked at. Throws `notice.unknown`, and refuses what `recordPrinted` refuses.
 */
export async function printNotices(app: App, actor: Actor, keys: readonly NoticeKey[]): Promise<Buffer> {
  await recordPrinted(app, actor, keys)
  const letters = await looking(app, async at => {
    const found: LetterToPrint[] = []
    for (const key of keys) {
      const head = await at.row<NoticeHead & Row>({
        text: `select ${HEAD} from notice n where n.subject_id = $1 and n.notice_id = $2`,
        values: [key.subjectId, key.noticeId],
      })
      if (!head) throw new NotFound('notice.unknown')
      const statement = { name: 'print-notice', text: TO_PRINT, values: [key.subjectId, key.noticeId] }
      const { rows } = await at.look<ToPrint>(unitRequest(app, actor, head), [key.subjectId], statement)
      const [row] = rows
      if (!row) throw new NotFound('notice.unknown')
      found.push({ letter: openLetter(app, key.noticeId, row.sealed), cover: coverOf(app, row) })
    }
    return found
  })
  const { pdf } = await app.renderer.renderLetters(printedLetters(app, letters, app.now()))
  return pdf
}

function coverOf(app: App, { name, registered, addressId, address }: ToPrint): NonNullable<LetterToPrint['cover']> {
  const given = addressId !== null && address !== null ? openAddress(app, { addressId, sealed: address }) : null
  return {
    recipient: given?.recipient ? app.words.say('notice.recipient', { name, recipient: given.recipient }) : name,
    postal: given?.postal || registered || app.words.say('notice.address-unknown'),
    telephone: given?.telephone ?? '',
  }
}
