import { organisationOf } from '../access/organisation-of.ts'
import type { App } from '../app.ts'
import { consult, grantRequest } from '../authorisation/answer.ts'
import { makeRequest } from '../authorisation/request.ts'
import { accountOf } from '../authorisation/testing.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { actorFor } from '../testing-app.ts'
import type { Asked, Places } from './permission-examples.ts'
import { SEATS } from './permission-seats.ts'

/* What lies between a receiver and a subject: requests, authorisations, notices. */

const NUMBER = '贷1'
const OTHER_RECEIVER = 'credit-service'
const isSubject = ({ caller }: Asked): boolean => SEATS[caller.role] === 'subject'
/** For a receiver the unit is what makes it another's; for a subject the subject is. */
const receiverOf = (asked: Asked): string =>
  isSubject(asked) ? 'rural-bank' : asked.relation === 'other-unit' ? OTHER_RECEIVER : (SEATS[asked.caller.role] ?? '')
const subjectOf = (asked: Asked): SubjectId => asked.examples.subjects[isSubject(asked) && asked.relation !== 'own' ? 1 : 0]

/** A request that waits, addressed to a subject. */
export async function requestExample(app: App, asked: Asked): Promise<Places> {
  const requestId = await app.ids.next()
  const at = app.now()
  await app.changes.run(sql`insert into authorisation_request (request_id, code_mac, receiver, subject_id, actor, purpose, business_no, classes, days, made_at, ends_at, act_id)
    values (${requestId}, ${Buffer.from(String(requestId))}, ${receiverOf(asked)}, ${subjectOf(asked)}, 'account:0', 'loan', ${NUMBER}, '{licences}', 30, ${at}, ${new Date(at.getTime() + 600_000)}, 0)`)
  return { requestId, place: { requestId } }
}

/** What a subject lets a receiver see, its special report among it. */
export async function authorisationExample(app: App, asked: Asked): Promise<Places> {
  const subjectId = subjectOf(asked)
  const unit = receiverOf(asked)
  const kind = (await organisationOf(app, unit))?.kind ?? ''
  const purpose = [...app.law.authorisationPurposes.values()].find(one => one.receivers.includes(kind as never))
  const special = [...app.law.authorisableClasses.values()].filter(one => one.report === 'special').map(one => one.id)
  const receiver = { ...actorFor(unit, 'receiver'), id: 'account:0' }
  const wish = { purpose: purpose?.id ?? '', businessNo: NUMBER, classes: ['penalties', ...special], times: 'any' } as const
  const { code } = await makeRequest(app, receiver, wish)
  const subject = accountOf(subjectId)
  const { text } = await consult(app, subject, { code })
  const sensitive = text.classes.filter(one => one.consent !== null).map(one => one.id)
  const consent = { sensitive, textDigest: text.digest.toString('hex') }
  return { subjectId, authorisationId: await grantRequest(app, subject, { code }, consent), businessNo: NUMBER, years: 1 }
}

/** A receiver is asked to delete its copies. */
export async function noticeExample(app: App, asked: Asked): Promise<Places> {
  const subjectId = subjectOf(asked)
  const noticeId = await app.ids.next()
  await app.changes.run(sql`insert into receiver_notice (subject_id, notice_id, authorisation_id, receiver, kind, at, act_id)
    values (${subjectId}, ${noticeId}, 1, ${receiverOf(asked)}, 'delete-copies', ${app.now()}, 0)`)
  return { subjectId, noticeId }
}
