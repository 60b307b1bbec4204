import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { NotAllowed } from '../base/refusal.ts'
import type { Row, Statement } from '../db/database.ts'
import type { Actor } from './actor.ts'
import { look } from './look.ts'

/** The outlet of what a subject reads about itself in its own account. Its list of who looked leaves these out: they are its own. */
export const OWN_PAGES = 'account'

/**
 * A subject's read of what is kept about itself and its dealings here: registered like every look, under the number of its file on the day (as the whole file is).
 * `shown`: kinds of data. Refuses `access.not-allowed` to whoever speaks for no subject.
 */
export async function ownLook<T extends object>(
  app: App,
  actor: Actor,
  shown: string,
  read: (own: SubjectId) => Statement,
): Promise<T[]> {
  const own = actor.subjectId
  if (own === null) throw Object.assign(new NotAllowed('access.not-allowed'), { message: 'look.read-own' })
  const request = {
    actor,
    outlet: OWN_PAGES,
    purpose: app.words.say('look.purpose-own'),
    businessNo: `OF${legalDay(app.now(), app.city.zone).replaceAll('-', '')}-${own}`,
    isMadeNumber: true,
  }
  const { rows } = await look<T & Row>(app, { ...request, ground: { kind: 'own' }, shown: [shown] }, [own], read(own))
  return rows
}
