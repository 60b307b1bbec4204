import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { type Actor, ANYONE } from '../access/actor.ts'
import { permissionsFor } from '../access/testing.ts'
import type { App } from '../app.ts'
import { day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { recordLink, undoLink } from '../matching/link-subjects.ts'
import { publishSubjects } from '../publication/publish.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp, workerOf } from '../testing-app.ts'
import {
  annulTestRecord,
  fileTestFacts,
  openTestSubjects,
  penaltyOf,
  publishTestFacts,
  type TestFact,
} from './archive-testing.ts'
import { issueReport } from './commands.ts'
import { fetchReport } from './fetch.ts'
import type { PublicReport, SpecialReport } from './model.ts'
import { verifyView } from './views.ts'

let platform: TestApp
let app: App
before(async () => {
  platform = await openTestApp()
  // What these tests are about is in the model; a page of type takes longer than all the rest.
  const render = async () => ({ pdf: Buffer.from(`%PDF ${randomUUID()}`), pages: 1, warnings: [] })
  app = { ...platform.app, renderer: { ...platform.app.renderer, render } }
})
after(() => platform.close())

const office = actorFor('credit-office', 'credit-office')
const selfOf = (subjectId: SubjectId): Actor => ({
  ...ANYONE,
  id: `account:${subjectId}`,
  roles: ['subject'],
  permissions: permissionsFor(['subject']),
  subjectId,
})
const SPECIAL = { kind: 'special', years: 1 } as const
const OPEN = { kind: 'public' } as const
const ascending = (ids: readonly number[]): number[] => [...ids].sort((x, y) => x - y)

let minutes = 0
/** Every deed has an instant of its own, so that what was known when is not left to chance. */
const tick = (): void => platform.setNow(new Date(TEST_NOW.getTime() + ++minutes * 60_000))

let next = 700
type Firm = { readonly subjectId: SubjectId; readonly uscc: string; readonly name: string }
async function openFirm(): Promise<Firm> {
  const n = next++
  const [uscc, name] = [inventedUscc('enterprise', n), `澜川第${n}实业有限公司`]
  const [subjectId] = (await openTestSubjects(app, [{ name, uscc }])) as [SubjectId]
  return { subjectId, uscc, name }
}

type Filed = { readonly fact: TestFact; readonly recordId: FactId }
async function penaltyFor({ subjectId, name, uscc }: Firm, content: Readonly<Record<string, string>> = {}): Promise<Filed> {
  const own = { CF_XDR_MC: name, CF_XDR_SHXYM: uscc, ...content }
  const fact = penaltyOf(subjectId, `示罚〔2026〕${next++}号`, '2026-05-06', own)
  const [recordId] = (await publishTestFacts(app, [fact])) as [FactId]
  return { fact, recordId }
}

async function merge(from: Firm, to: Firm, publish = true): Promise<number> {
  tick()
  const link = { subjectId: from.subjectId, toSubject: to.subjectId, kind: 'merged-into', validFrom: day('2026-07-01') } as const
  const { linkId } = await recordLink(app, office, { ...link, reason: '登记机关通知书' })
  if (publish) await publishSubjects(workerOf(app), [from.subjectId, to.subjectId])
  tick()
  return linkId
}

const modelOf = async <Model extends PublicReport | SpecialReport>(hash: string): Promise<Model> =>
  JSON.parse((await app.files.read(hash)).toString()) as Model
const stateOf = async (code: string): Promise<string> => (await verifyView(app, code)).state
async function looksAt(deed: () => Promise<unknown>): Promise<{ subject_id: SubjectId; receipt: string; xmin: string }[]> {
  const [last] = await app.changes.rows<{ id: number }>(sql`select coalesce(max(look_id), 0) as id from look`)
  await deed()
  return await app.changes.rows(sql`select subject_id, receipt, xmin::text from look where look_id > ${last?.id ?? 0}`)
}

test('M056 · the public report of a merged firm is the survivor’s, with the records of both; it says so and names the other', async () => {
  const [gone, stays] = [await openFirm(), await openFirm()]
  const [ofGone, ofStays] = [await penaltyFor(gone), await penaltyFor(stays)]
  for (const published of [false, true]) {
    // Publication moves the record to the survivor's page by task: the report does not wait for it.
    if (published) await publishSubjects(workerOf(app), [gone.subjectId, stays.subjectId])
    else await merge(gone, stays, false)
    const issued = await issueReport(app, ANYONE, gone.subjectId, OPEN)
    assert.deepEqual([issued.subjectId, issued.subjectName, issued.uscc], [stays.subjectId, stays.name, stays.uscc])
    assert.equal(issued.mergedFrom?.subjectId, gone.subjectId)
    assert.equal(issued.mergedFrom?.sentence, `“${gone.name}”已并入“${stays.name}”，以下按合并后的主体答复。`)
    assert.deepEqual(ascending(issued.recordIds), ascending([ofGone.recordId, ofStays.recordId]))
  }
  const direct = await issueReport(app, ANYONE, stays.subjectId, OPEN)
  assert.equal(direct.mergedFrom, null)
  const { subject, sections } = await modelOf<PublicReport>(direct.modelHash)
  const shown = await app.changes.rows<{ subject_id: SubjectId }>(
    sql`select subject_id from pub.record where record_id = ${ofGone.recordId}`,
  )
  assert.deepEqual(shown, [{ subject_id: stays.subjectId }], 'publication has moved it, not copied it')
  assert.deepEqual(subject.particulars.at(-1), { name: '已并入的主体', value: `${gone.name}（${gone.uscc}）` })
  const printed = sections.flatMap(section => section.records).flatMap(record => record.fields.map(field => field.value))
  assert.equal(printed.filter(value => value === gone.uscc).length, 1, 'its record says whose it was')
  assert.equal(printed.includes(gone.name), true)
})

test('M056 · how a merged firm stood in the register is no registration of the survivor', async () => {
  const [gone, stays] = [await openFirm(), await openFirm()]
  const registered = ({ subjectId, name, uscc }: Firm, decidedOn: string): TestFact => ({
    subjectId,
    item: 'registration-org',
    authority: 'market-regulation',
    decidedOn,
    content: { ZTMC: name, TYSHXYDM: uscc, HZRQ: decidedOn },
  })
  await fileTestFacts(app, [registered(stays, '2020-03-05'), registered(gone, '2026-06-30')])
  await publishSubjects(workerOf(app), [gone.subjectId, stays.subjectId])
  await merge(gone, stays)
  for (const wish of [OPEN, SPECIAL]) {
    const issued = await issueReport(app, selfOf(stays.subjectId), stays.subjectId, wish)
    const model = await modelOf<PublicReport | SpecialReport>(issued.modelHash)
    const texts = model.sections.flatMap(section => section.records).flatMap(record => record.fields.map(field => field.value))
    assert.ok(texts.includes(stays.name))
    assert.equal(texts.includes(gone.name), false)
  }
})

test('M156 · the special report of a group is the survivor’s alone; each member has one look, when it is issued and when it is fetched', async () => {
  const [gone, stays, later] = [await openFirm(), await openFirm(), await openFirm()]
  const minor = await penaltyFor(gone, { CF_SXFL: '轻微' })
  await merge(gone, stays)
  const self = selfOf(stays.subjectId)
  const members = ascending([gone.subjectId, stays.subjectId])
  for (const asked of [stays, gone]) {
    let code = ''
    const atIssue = await looksAt(async () => {
      const issued = await issueReport(app, self, asked.subjectId, SPECIAL)
      code = issued.code
      assert.deepEqual([issued.subjectId, [...issued.recordIds]], [stays.subjectId, [minor.recordId]])
      assert.equal(issued.mergedFrom?.subjectId ?? null, asked === gone ? gone.subjectId : null)
    })
    assert.deepEqual(ascending(atIssue.map(one => one.subject_id)), members)
    assert.equal(new Set(atIssue.map(one => one.xmin)).size, 1)
    if (asked === gone) await merge(later, stays)
    const atFetch = await looksAt(() => fetchReport(app, ANYONE, code))
    assert.deepEqual(ascending(atFetch.map(one => one.subject_id)), members, 'who was merged after the issue is not in it')
  }
  const none = await looksAt(async () => {
    await assert.rejects(issueReport(app, selfOf(gone.subjectId), gone.subjectId, SPECIAL), { code: 'report.own-merged' })
    for (const asked of [stays, later])
      await assert.rejects(issueReport(app, selfOf(gone.subjectId), asked.subjectId, SPECIAL), {
        code: 'report.special-own-only',
      })
  })
  assert.deepEqual(none, [])
})

test('principle 3 · a merged firm’s record taken away ends every report of its group that showed it, whenever issued, and no other', async () => {
  const [gone, between, stays] = [await openFirm(), await openFirm(), await openFirm()]
  const [bad, kept] = [await penaltyFor(gone), await penaltyFor(stays)]
  const own = await issueReport(app, ANYONE, gone.subjectId, OPEN)
  const clean = await issueReport(app, ANYONE, stays.subjectId, OPEN)
  await merge(gone, between)
  const middle = await issueReport(app, ANYONE, between.subjectId, OPEN)
  await merge(between, stays)
  const whole = await issueReport(app, ANYONE, gone.subjectId, OPEN)
  const special = await issueReport(app, selfOf(stays.subjectId), stays.subjectId, SPECIAL)
  const showing = [own, middle, whole, special]
  for (const report of showing) assert.ok(report.recordIds.includes(bad.recordId))
  await annulTestRecord(app, bad.fact, bad.recordId)
  for (const { code } of showing) {
    assert.equal(await stateOf(code), 'superseded')
    await assert.rejects(fetchReport(app, ANYONE, code), { code: 'report.superseded', status: 410 })
  }
  assert.equal(await stateOf(clean.code), 'valid')
  assert.deepEqual([...(await issueReport(app, ANYONE, gone.subjectId, OPEN)).recordIds], [kept.recordId])
})

test('principle 3 · what is taken away before publication has moved it to the survivor’s page stops on its own', async () => {
  const [gone, stays] = [await openFirm(), await openFirm()]
  const { fact, recordId } = await penaltyFor(gone)
  await publishSubjects(workerOf(app), [stays.subjectId])
  await merge(gone, stays, false)
  const issued = await issueReport(app, ANYONE, stays.subjectId, OPEN)
  assert.deepEqual([...issued.recordIds], [recordId])
  await annulTestRecord(app, fact, recordId)
  assert.deepEqual(await app.changes.rows(sql`select record_id from pub.record where record_id = ${recordId}`), [])
  assert.equal(await stateOf(issued.code), 'superseded')
})

test('M056 · a link taken back ends the reports that showed the other’s records, in the middle too; the other’s own stays', async () => {
  const [gone, between, stays] = [await openFirm(), await openFirm(), await openFirm()]
  const { recordId } = await penaltyFor(gone)
  const own = await issueReport(app, ANYONE, gone.subjectId, OPEN)
  const linkId = await merge(gone, between)
  const middle = await issueReport(app, ANYONE, between.subjectId, OPEN)
  await merge(between, stays)
  const whole = await issueReport(app, ANYONE, stays.subjectId, OPEN)
  assert.ok(whole.recordIds.includes(recordId))
  tick()
  await undoLink(app, office, { subjectId: gone.subjectId, linkId }, '登记机关更正')
  assert.deepEqual(await Promise.all([own, middle, whole].map(({ code }) => stateOf(code))), [
    'valid',
    'superseded',
    'superseded',
  ])
  await publishSubjects(workerOf(app), [gone.subjectId, between.subjectId, stays.subjectId])
  assert.deepEqual([...(await issueReport(app, ANYONE, gone.subjectId, OPEN)).recordIds], [recordId])
  assert.deepEqual([...(await issueReport(app, ANYONE, stays.subjectId, OPEN)).recordIds], [])
})

test('M056 · a link made or taken back while a report is set in type: it is composed anew', async () => {
  const [gone, stays] = [await openFirm(), await openFirm()]
  const { recordId } = await penaltyFor(gone, { CF_SXFL: '轻微' })
  let linkId = 0
  const deeds = [
    async () => {
      linkId = await merge(gone, stays)
    },
    () => undoLink(app, office, { subjectId: gone.subjectId, linkId }, '登记机关更正'),
  ]
  for (const [i, deed] of deeds.entries()) {
    let rendered = 0
    const renderer = {
      ...app.renderer,
      render: async (model: PublicReport | SpecialReport) => {
        if (++rendered === 1) await deed()
        return app.renderer.render(model)
      },
    }
    const issued = await issueReport({ ...app, renderer }, selfOf(stays.subjectId), stays.subjectId, SPECIAL)
    assert.equal(rendered, 2)
    assert.deepEqual([...issued.recordIds], i === 0 ? [recordId] : [])
  }
})
