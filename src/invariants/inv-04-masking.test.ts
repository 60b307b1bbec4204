import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { day } from '../base/day.ts'
import { sql } from '../db/database.ts'
import type { OutletId } from '../disclosure/outlets.ts'
import { receiveDelivery } from '../intake/receive.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { hasLuhnCheck } from '../subject/personal-numbers.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Doors, openDoors } from './doors.ts'
import { type About, PROBES, type Probe } from './outlet-probes.ts'
import { firm, penalty, personPenalty } from './sent-rows.ts'
import { clerkOf, csvOf, Outside, publishAll, send, subjectOf } from './testing.ts'

// Principle 4, value by value: what every outlet shows of a person's record and of a firm's, to each who asks. The table below was written by hand
// beside law/access/masking.yaml; the outlets are asked over HTTP.

const HOLDER = inventedResidentId(31, day('1984-02-29'))
const LEGAL = inventedResidentId(32, day('1979-07-15'))
const STEM = '622202123456789'
const ACCOUNT = `${STEM}${[...'0123456789'].find(last => hasLuhnCheck(STEM + last))}`
const [NAME, PHONE, HOME] = ['周栖禾', '13800138000', '栖澜区望湖路5号3幢201室']
const PRIVATE = `家住${HOME}，联系电话${PHONE}，转入${ACCOUNT}，身份证号`
/** What may be read in an answer. `text`: the text around, with its private parts hidden. */
const SIGNS = { name: NAME, surname: '周**', phone: PHONE, home: HOME, account: ACCOUNT, text: '联系电话***' } as const

const REASON = { purpose: '行政许可', businessNo: 'T-1', basis: 'pipl#13' }
const query = new URLSearchParams(REASON).toString()
const records =
  (unit: string, role: string): Probe =>
  async (asked, { subjectId }) => {
    const caller = role === 'program' ? await asked.program(unit) : await asked.signIn(unit, [role])
    return (await asked.ask('api', caller, { url: `/api/v1/subjects/${subjectId}/records?${query}` })).body
  }
const audited: Probe = async asked =>
  (await asked.ask('api', await asked.signIn('audit-office', ['auditor']), { url: '/api/v1/looks?limit=200' })).body
const batchTable: Probe = async (asked, { code, name }) => {
  const request = { method: 'POST', url: '/api/v1/checks/batch', payload: { subjects: [code, name], ...REASON } } as const
  return (
    await asked.ask('api', await asked.signIn('approval', ['window-officer']), { ...request, headers: { accept: 'text/csv' } })
  ).body
}

type Row = readonly [viewer: string, outlet: OutletId | Probe, ofPerson: string, ofFirm: string]
const TABLE: readonly Row[] = [
  ['public', 'portal-page', '', 'text'],
  ['public', 'portal-register', '', ''],
  ['public', 'portal-list', '', ''],
  ['public', 'portal-announcements', '', ''],
  ['public', 'portal-figures', '', ''],
  ['public', 'open-data', '', ''],
  ['public', 'public-report', '', 'text'],
  ['public', 'verify', '', ''],
  ['public', 'api-search', '', ''],
  ['special report', 'special-report', '', 'text'],
  // Its own account, by its own name; a firm's file names its representative.
  ['subject', 'account', 'name phone home account', 'name text'],
  ['officer of a work list', 'rights', '', ''],
  ['officer of a work list', 'case', '', ''],
  ['officer of a work list', 'notices', '', ''],
  ['officer of a work list', 'waiting', '', ''],
  ['officer of a work list', 'delivery-rows', '', ''],
  // Without the subject's authorisation or a statute a person's record stays closed (授权查询); the card names whom one looked at.
  ['another unit', 'console-archive', 'name', 'name text'],
  ['another unit, on paper', 'archive-copy', 'name', 'name text'],
  ['another unit', records('health', 'investigator'), 'name text', 'name text'],
  ['the unit that reported the person', records('transport', 'investigator'), 'name phone home account', 'name text'],
  ['the unit that reported the firm', records('ecology-environment', 'investigator'), 'name text', 'name text'],
  ['a program', 'api-records', 'name', 'name text'],
  ['a program, even of the unit that reported', records('transport', 'program'), 'name text', 'name text'],
  ['a window', 'check', '', ''],
  ['a window', 'api-check', '', ''],
  // What was asked for stands beside its answer, as it was typed.
  ['a window', 'check-batch', 'name', ''],
  ['a window, as a table', batchTable, 'name', ''],
  ['a receiver', 'authorised-records', 'surname text', 'text'],
  ['a receiver', 'api-authorised-records', 'surname text', 'text'],
  ['the auditor', audited, 'surname', 'surname'],
]
/** The page repeats what was typed: the name that one asks for is not the platform's word. */
const ELSEWHERE: readonly OutletId[] = ['portal-search', 'export']

const lines: string[] = []
/** The copy that a person gets of its own file, having proved just now who it is, holds its number (PIPL 45); there it may stand, once. */
const withoutOwn = (url: unknown, body: string): string =>
  url === '/api/v1/rights/own-file' ? body.replace(`"number":"${HOLDER}","isWhole":true`, OWN_COPY) : body
const OWN_COPY = 'the holder’s own number'

let t: TestApp
let doors: Doors
let outside: Outside
let person: About
let company: About
/** Every answer with its headers. */
const answered: string[] = []

before(async () => {
  t = await openTestApp()
  const open = await openDoors(t, { write: line => void lines.push(line) })
  const ask: Doors['ask'] = async (...request) => {
    const answer = await open.ask(...request)
    answered.push(JSON.stringify(answer.headers) + withoutOwn(request[2].url, answer.body))
    return answer
  }
  doors = { ...open, ask }
  outside = await Outside.open(t)
  const about = { 违法事实: `驾驶车辆载客收取费用，${PRIVATE}${HOLDER}。` }
  await send(t.app, 'transport-penalty-person', [personPenalty(HOLDER, '澜交罚〔2026〕31号', about)])
  const legal = { 法定代表人: NAME, 法定代表人证件类型: '身份证', 法定代表人证件号码: LEGAL }
  await send(t.app, 'ecology-penalty', [penalty(1, '澜环罚〔2026〕31号', { ...legal, 违法事实: `负责人${PRIVATE}${LEGAL}。` })])
  const content = Buffer.from(csvOf([penalty(2, '澜环罚〔2026〕32号')]))
  const named = { source: 'ecology-penalty', channel: 'import' as const, fileName: `${HOLDER}.csv`, content }
  await receiveDelivery(t.app, clerkOf(t.app, 'ecology-penalty'), named, { queue: false })
  await publishAll(t.app)
  const row = await t.app.changes.row<{ id: About['subjectId'] }>(
    sql`select subject_id as id from subject where kind = 'natural-person'`,
  )
  assert.ok(row)
  person = { subjectId: row.id, name: NAME, code: HOLDER }
  company = { subjectId: await subjectOf(t.app, firm(1).code), ...firm(1) }
})
after(async () => {
  await outside.close()
  await doors.close()
  await t.close()
})

const seen = (answer: string): string =>
  Object.entries(SIGNS)
    .flatMap(([sign, text]) => (answer.includes(text) ? [sign] : []))
    .join(' ')

for (const [viewer, outlet, ofPerson, ofFirm] of TABLE) {
  const probe = typeof outlet === 'string' ? PROBES[outlet] : outlet
  const where = typeof outlet === 'string' ? outlet : 'asked by hand'
  test(`M466 · M064 · PIPL 28 · PIPL 51 · ${viewer} (${where}) sees of a person: ${ofPerson || 'nothing'}; of a firm: ${ofFirm || 'nothing'}`, async () => {
    assert.ok(probe)
    assert.deepEqual([seen(await probe(doors, person)), seen(await probe(doors, company))], [ofPerson, ofFirm])
  })
}

test('M466 · every outlet stands in the table', () => {
  const asked = TABLE.flatMap(([, outlet]) => (typeof outlet === 'string' ? [outlet] : []))
  assert.deepEqual([...asked, ...ELSEWHERE].sort(), Object.keys(PROBES).sort())
})

test('M466 · PIPL 28 · but for its holder’s own copy, an ID number stands whole in no answer, header, page, table of the database, file name or line of the log', async () => {
  await PROBES['portal-search'](doors, person)
  for (const url of ['/search?q=', '/reports?q=', '/code/', '/verify/', '/verify?code='])
    for (const typed of [HOLDER, `身份证号${HOLDER}`, `${HOLDER.slice(0, 6)} ${HOLDER.slice(6)}`])
      await doors.ask('portal', { headers: {} }, { url: `${url}${encodeURIComponent(typed)}`, headers: { accept: 'text/html' } })
  for (const kind of ['resident-id', 'passport'])
    await doors.ask('api', await doors.signIn('credit-office', ['credit-office']), {
      method: 'POST',
      url: '/api/v1/subjects/persons',
      payload: { documentKind: kind, documentNumber: HOLDER, name: NAME, ...REASON },
    })
  await doors.ask('api', await doors.signIn('credit-office', ['credit-office']), { url: '/api/v1/deliveries?limit=50' })
  await doors.ask('api', { headers: {} }, { url: `/api/v1/subjects/${HOLDER}/records?q=${HOLDER}` })
  assert.ok(answered.length > TABLE.length && lines.length > 0)
  assert.ok(answered.some(text => text.includes(OWN_COPY)))
  for (const id of [HOLDER, LEGAL]) {
    assert.deepEqual(
      answered.filter(text => text.includes(id)).map(text => text.slice(text.indexOf(id) - 200, text.indexOf(id) + 20)),
      [],
    )
    assert.deepEqual(
      lines.filter(text => text.includes(id)),
      [],
    )
    assert.deepEqual(await outside.holding(id), [])
  }
  for (const secret of [NAME, PHONE, HOME, ACCOUNT]) assert.ok(!lines.some(line => line.includes(secret)), 'in the log')
})
