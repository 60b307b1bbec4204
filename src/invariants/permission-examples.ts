import { generateKeyPairSync } from 'node:crypto'
import { type Actor, SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import { openTestAccount } from '../access/testing.ts'
import type { App } from '../app.ts'
import { day } from '../base/day.ts'
import type { AccountId, SubjectId } from '../base/id.ts'
import { openTestCase } from '../cases/testing-case.ts'
import { sql } from '../db/database.ts'
import { OF_A_SUBJECT } from '../http/session.ts'
import { issueActivation } from '../mandates/activation.ts'
import { inviteAgent } from '../mandates/invite-agent.ts'
import { openTestMeasure } from '../measures/testing-measure.ts'
import { serveTestNotice } from '../notices/testing.ts'
import { proposeProgram } from '../programs/commands.ts'
import { addKey } from '../programs/key-commands.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { actorFor } from '../testing-app.ts'
import { authorisationExample, noticeExample, requestExample } from './permission-authorisations.ts'
import { campaignExample } from './permission-campaigns.ts'
import { ORACLE, type Relation } from './permission-oracle.ts'
import type { Caller, Examples } from './permission-requests.ts'
import { SEATS } from './permission-seats.ts'

/*
 * A thing of this relation to the caller for every door that names one: his own, a colleague's in his unit, another unit's (for a subject:
 * another subject's). Made anew for each request, so that what one caller does to it is nothing to the next.
 */

export type Places = Readonly<Record<string, unknown>>
export type Asked = {
  /** `METHOD /path` as the contract writes it. */
  readonly door: string
  readonly caller: Caller
  readonly relation: Relation
  readonly examples: Examples
  /** The unit that the relation means. */
  readonly unit: string
}
type Make = (app: App, asked: Asked) => Promise<Places> | Places

const SOMEBODY = 'account:0'
const subjectOf = ({ relation, examples }: Asked): SubjectId => examples.subjects[relation === 'own' ? 0 : 1]
const ownerOf = ({ relation, caller }: Asked): string => (relation === 'own' ? `account:${caller.accountId}` : SOMEBODY)
const inAnHour = (app: App): Date => new Date(app.now().getTime() + 3_600_000)
const principalOf = (subjectId: SubjectId): Actor => ({ ...actorFor('subject', 'subject'), id: SOMEBODY, subjectId })

/** The first that fits the door. */
const EXAMPLES: readonly (readonly [door: RegExp, make: Make])[] = [
  [/ \/sessions\/me\/subject$/, mandateExample],
  [/ \/mandates\/acceptances$/, invitationCode],
  [/ \/mandates\/invitations\/:/, invitationExample],
  [/\/mandates\/:mandateId/, mandateExample],
  [/ \/account\/totp$/, totpExample],
  [/ \/account\/passkeys\/:/, passkeyExample],
  [/ \/accounts\/activations$/, activationExample],
  [/ \/(password-resets|account\/resets)\/:/, resetExample],
  [/ \/account-resets\/:/, windowResetExample],
  [/ \/programs\/:/, programExample],
  [/ \/looks\/alerts\/:/, alertExample],
  [/ \/looks\/delays\/:/, delayExample],
  [/ \/gates\/assessments\/:/, assessmentExample],
  [/ \/gates\/:/, gateExample],
  [/ \/compliance\/certificates\/:/, certificateExample],
  [/ \/waiting\/:/, (_, { examples }) => ({ waitingId: examples.waitingId, subjectId: examples.subjects[0] })],
  [/\/links$/, (_, { examples }) => ({ subjectId: examples.subjects[0], toSubject: examples.subjects[1] })],
  [/\/links\/:linkId/, linkExample],
  [/ \/bindings\/:/, bindingExample],
  [/ \/rights\/requests\/:|\/rights\/:requestId/, rightsExample],
  [/ \/rights\/records\/:/, commentExample],
  [/\/measures\/:caseId\/answers$/, measureExample],
  [/ \/campaigns(\/:|$)/, campaignExample],
  [/ \/cases\/mine\/:|\/cases\/:caseId/, caseExample],
  [/^POST \/(cases\/mine|subjects\/:subjectId\/cases)$/, openingExample],
  [/ \/authorisation-requests\/(:|consultation|answer)/, requestExample],
  [/\/receiver-notices\/:|\/receivers\/corrections\/:/, noticeExample],
  [/\/notices\/(mine\/)?:noticeId|\/notices\/prints$/, letterExample],
  [/\/authorisations\/(mine\/)?:authorisationId/, authorisationExample],
]

/** The values of the address and of the body; undefined for a door that names none of these, and for whoever is not let as far as that. */
export async function exampleFor(app: App, asked: Asked): Promise<Places | undefined> {
  const found = EXAMPLES.find(([door]) => door.test(asked.door))
  if (!found) return undefined
  const line = ORACLE[asked.door.replaceAll(/:([a-zA-Z]+)/g, '{$1}')]
  const isLetIn = line?.asks === 'anyone' || line?.asks === 'signed-in' || line?.roles.includes(asked.caller.role)
  return isLetIn ? await found[1](app, asked) : NOTHING
}

/** Numbers that nothing has. */
const NOTHING: Places = Object.fromEntries(
  'campaignId batchId caseId paperId accountId passkeyId resetId programId keyId alertId delayId assessmentId certificateId waitingId linkId bindingId requestId noticeId authorisationId mandateId invitationId subjectId toSubject recordId row'
    .split(' ')
    .map(name => [name, 987_654_321]),
)

/** A mandate for the first subject, which is the caller's if he speaks for it, or for the second, which is another's. */
async function mandateExample(app: App, asked: Asked): Promise<Places> {
  const subjectId = subjectOf(asked)
  const { caller, relation } = asked
  if (relation === 'own' && caller.role === 'subject') return { subjectId, mandateId: caller.accountId }
  return { subjectId, mandateId: await openTestAccount(app, { unit: 'subject', roles: ['subject'], subjectId }) }
}

async function invitationCode(app: App, asked: Asked): Promise<Places> {
  const wish = { name: '周栖禾', extent: ['report.issue-own' as const], until: day('2026-12-20') }
  const { code } = await inviteAgent(app, principalOf(subjectOf(asked)), wish)
  return { code }
}

async function invitationExample(app: App, asked: Asked): Promise<Places> {
  const invitationId = await app.ids.next()
  await app.changes.run(sql`insert into mandate_invitation (subject_id, invitation_id, code_mac, sealed, extent, valid_until, made_by, made_at, expires_at, act_id)
    values (${subjectOf(asked)}, ${invitationId}, ${Buffer.from(String(invitationId))}, '', '{report.issue-own}', '2026-12-20', ${ownerOf(asked)}, ${app.now()}, ${inAnHour(app)}, 0)`)
  return { invitationId }
}

async function totpExample(app: App, { caller }: Asked): Promise<Places> {
  await app.changes.run(sql`insert into totp_factor (account_id, factor_id, secret, made_at, confirmed_at, last_step)
    values (${caller.accountId}, ${await app.ids.next()}, '', ${app.now()}, ${app.now()}, 0)`)
  return {}
}

async function passkeyExample(app: App, { caller, relation, unit }: Asked): Promise<Places> {
  const passkeyId = await app.ids.next()
  const accountId = relation === 'own' ? caller.accountId : await openTestAccount(app, { unit, roles: ['clerk'] })
  await app.changes.run(sql`insert into passkey (account_id, passkey_id, credential_id, public_key, sign_count, transports, name, made_at)
    values (${accountId}, ${passkeyId}, ${String(passkeyId)}, '', 0, '{}', '手机', ${app.now()})`)
  return { passkeyId }
}

/** A code on paper, for whoever holds it. */
async function activationExample(app: App): Promise<Places> {
  const accountId = (await app.ids.next()) as AccountId
  const deed = { deed: 'test', entity: `account:${accountId}` }
  const { code } = await change(app, SYSTEM, deed, made => issueActivation(app, made, accountId, '周栖禾'))
  return { code, password: 'wo-de-xin-yong-1' }
}

async function resetExample(app: App, { caller, relation, unit }: Asked): Promise<Places> {
  const resetId = await app.ids.next()
  const accountId = relation === 'own' ? caller.accountId : await openTestAccount(app, { unit, roles: ['clerk'] })
  await app.changes.run(sql`insert into password_reset (account_id, reset_id, reason, takes_factor, asked_by, asked_at, ends_at)
    values (${accountId}, ${resetId}, '忘记密码', true, ${SOMEBODY}, ${app.now()}, ${inAnHour(app)})`)
  return { resetId }
}

/** At a window of the unit, of whoever stands before it with this document. */
async function windowResetExample(app: App, asked: Asked): Promise<Places> {
  const resetId = await app.ids.next()
  const [name, documentNumber] = ['周栖禾', inventedResidentId(4711, day('1980-05-06'))]
  const accountId = await openTestAccount(app, { name, unit: OF_A_SUBJECT, roles: ['subject'] })
  const [value] = app.keys.blindIndexes('resident-id', Buffer.from(documentNumber))
  await app.changes.run(sql`insert into password_reset (account_id, reset_id, reason, takes_factor, asked_by, asked_at, ends_at, unit, person_kind, person_value)
    values (${accountId}, ${resetId}, '忘记密码', true, ${ownerOf(asked)}, ${app.now()}, ${inAnHour(app)}, ${asked.unit}, 'resident-id', ${value?.toString('hex') ?? ''})`)
  return { resetId, name, documentKind: 'resident-id', documentNumber }
}

const PEM = String(generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }))

async function programExample(app: App, asked: Asked): Promise<Places> {
  const proposer = { ...actorFor('credit-office', 'system-administrator'), id: ownerOf(asked) }
  const unit = app.law.units.has(asked.unit) ? asked.unit : 'credit-office'
  const { programId } = await proposeProgram(app, proposer, {
    ...{ name: `示例程序${await app.ids.next()}`, unit, purpose: '示例', quota: 'program-standard', networks: [] },
    ...{ scopes: ['check.make'], endsOn: day('2026-12-20') },
  })
  const { keyId } = await addKey(app, proposer, programId, { algorithm: 'ed25519', publicKey: PEM })
  return { programId, keyId, keyIds: [keyId], publicKey: PEM, algorithm: 'ed25519' }
}

/** About the caller's own looking, or somebody's; asked about already where it is to be explained. */
async function alertExample(app: App, asked: Asked): Promise<Places> {
  const alertId = await app.ids.next()
  const actor = asked.relation === 'own' ? `account:${asked.caller.accountId}` : `account:${alertId}`
  await app.changes.run(sql`insert into look_alert (alert_id, rule, actor, unit, looked_on, count, at_least, receipts, found_at, act_id)
    values (${alertId}, 'volume', ${actor}, ${asked.unit}, '2026-11-19', 100, 50, '{}', ${app.now()}, 0)`)
  if (asked.door.endsWith('/explanation'))
    await app.changes.run(sql`insert into look_alert_step (alert_id, step_no, step, text, actor, at, act_id)
      values (${alertId}, 1, 'asked', '请说明', ${SOMEBODY}, ${app.now()}, 0)`)
  return { alertId }
}

async function delayExample(app: App, asked: Asked): Promise<Places> {
  const delayId = await app.ids.next()
  await app.changes.run(sql`insert into look_delay (delay_id, unit, business_no, ground, reason, until, asked_by, asked_at, act_id)
    values (${delayId}, ${asked.unit}, '案1', 'investigation', '示例', '2026-12-20', ${ownerOf(asked)}, ${app.now()}, 0)`)
  return { delayId }
}

const rowOf = (app: App): string => app.law.gated[0]?.row ?? ''

async function gateExample(app: App, asked: Asked): Promise<Places> {
  return { ...(await assessmentExample(app, asked)), row: rowOf(app), basis: 'pipl#13' }
}

async function assessmentExample(app: App, asked: Asked): Promise<Places> {
  const assessmentId = await app.ids.next()
  await app.changes.run(sql`insert into impact_assessment (assessment_id, function_row, basis, purpose, necessity, effects, measures, author, author_unit, made_at, act_id)
    values (${assessmentId}, ${rowOf(app)}, 'pipl#13', '示例', '示例', '示例', '示例', ${ownerOf(asked)}, ${asked.unit}, ${app.now()}, 0)`)
  return { assessmentId }
}

async function certificateExample(app: App): Promise<Places> {
  const certificateId = await app.ids.next()
  await app.changes.run(sql`insert into retention_certificate (certificate_id, rule, action, counted, made_at, made_on, body, signatures, batch_id, leaf_no)
    values (${certificateId}, 'looks', 'delete', 1, ${app.now()}, '2026-11-20', '{}', '[]', 0, 0)`)
  return { certificateId }
}

/** A split of the two subjects, that somebody may undo. */
async function linkExample(app: App, { examples }: Asked): Promise<Places> {
  const [subjectId, other] = examples.subjects
  const linkId = await app.ids.next()
  await app.changes.run(sql`insert into subject_link (subject_id, link_id, kind, to_subject, valid_from, known_from, act_id)
    values (${subjectId}, ${linkId}, 'split-from', ${other}, '2026-07-01', ${app.now()}, 0)`)
  return { subjectId, linkId }
}

async function bindingExample(app: App, asked: Asked): Promise<Places> {
  const bindingId = await app.ids.next()
  const sealed = app.keys.seal('data', Buffer.from('周栖禾'), `binding:${bindingId}`)
  await app.changes.run(sql`insert into binding (binding_id, unit, capacity, person_kind, person_value, sealed, evidence_kind, evidence, opened_by, opened_at, expires_at, act_id)
    values (${bindingId}, ${asked.unit}, 'self', 'resident-id', 'x', ${sealed}, 'id-card', ${sealed}, ${ownerOf(asked)}, ${app.now()}, ${inAnHour(app)}, 0)`)
  return { bindingId }
}

/** A correction that the unit is to answer; for a subject's own doors its own, or another's. */
/** A letter: to the subject itself, or from the unit; one that is opened in the console goes to the unit. */
async function letterExample(app: App, asked: Asked): Promise<Places> {
  const isSubject = SEATS[asked.caller.role] === 'subject'
  const subjectId = isSubject ? subjectOf(asked) : asked.examples.subjects[0]
  const toUnit = !isSubject && asked.door.endsWith('/opening')
  const more = toUnit ? { to: { unit: asked.unit } } : { from: asked.unit }
  const { noticeId } = await serveTestNotice(app, subjectId, toUnit ? 'objection-transfer' : 'listing-decision', more)
  return { subjectId, noticeId }
}

async function rightsExample(app: App, asked: Asked): Promise<Places> {
  const requestId = await app.ids.next()
  const isSubject = SEATS[asked.caller.role] === 'subject'
  const subjectId = isSubject ? subjectOf(asked) : asked.examples.subjects[0]
  await app.changes.run(sql`insert into rights_request (subject_id, request_id, number, kind, asked_by, asked_at, asked_on, working_days, unit, act_id)
    values (${subjectId}, ${requestId}, ${`GR${requestId}`}, 'correction', ${SOMEBODY}, ${app.now()}, '2026-11-20', 5, ${asked.unit}, 0)`)
  await app.changes.run(sql`insert into rights_entry (subject_id, request_id, entry_no, step, actor, at, act_id)
    values (${subjectId}, ${requestId}, 1, 'lodged', ${SOMEBODY}, ${app.now()}, 0)`)
  return { subjectId, requestId }
}

/** A record with a statement of its subject beside it. */
async function commentExample(app: App, asked: Asked): Promise<Places> {
  const subjectId = subjectOf(asked)
  const recordId = await app.ids.next()
  await app.changes.run(sql`insert into fact_content (subject_id, fact_id, decided_on, salt, content, row_no, row_hash, matched_by, commitment, item, edition, authority, kind, known_from, received_on, delivery_id)
    values (${subjectId}, ${recordId}, '2026-06-01', '', '{}', 0, '', 'uscc', '', 'no-item', '2026-01-01', 'approval', 'record', ${app.now()}, '2026-06-01', 0)`)
  await app.changes.run(sql`insert into subject_comment (subject_id, comment_id, record_id, round, at, on_day, actor, act_id)
    values (${subjectId}, ${recordId}, ${recordId}, 0, ${app.now()}, '2026-06-02', ${SOMEBODY}, 0)`)
  return { recordId }
}

/** A case about a record that nobody has: the door lets in, the rule refuses. */
function openingExample(_: App, asked: Asked): Places {
  const fields = { wrong: 'content', 'should-be': '数额有误' }
  return { subjectId: subjectOf(asked), procedure: 'objection', act: 'lodge', aboutRef: '1', fields, papers: [] }
}

/** An objection that the unit is to answer; for a subject's own doors its own, or another's. */
/** A measure whose body is the unit that the relation means. */
async function measureExample(app: App, asked: Asked): Promise<Places> {
  const { subjectId, caseId } = await openTestMeasure(app, asked.examples.subjects[0], asked.unit)
  return { subjectId, caseId, answer: 'apply', reason: '', purpose: '行政许可', businessNo: `许-${caseId}` }
}

async function caseExample(app: App, asked: Asked): Promise<Places> {
  const isSubject = SEATS[asked.caller.role] === 'subject'
  const subjectId = isSubject ? subjectOf(asked) : asked.examples.subjects[0]
  const made = await openTestCase(app, subjectId, asked.unit)
  const does = isSubject ? { act: 'withdraw', fields: {} } : { act: 'ask-material', fields: { missing: '营业执照' } }
  return { subjectId, ...made, ...does, seen: 1, papers: [] }
}
