import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { App } from '../app.ts'
import { addDays, type Day, day } from '../base/day.ts'
import type { SubjectId, WaitingId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { firm, penalty, registration } from '../invariants/sent-rows.ts'
import { runs, type SentRow, send } from '../invariants/testing.ts'
import { decideWaiting } from '../matching/decide-waiting.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { endOfDay } from './axes.ts'
import { findCard } from './cards.ts'
import { readArchive } from './read-archive.ts'
import { daysAround, type Told, ToldModel } from './testing-model.ts'
import { listFacts, recordsOf } from './views.ts'

let t: TestApp
before(async () => {
  // Nothing can be sealed before the day on which the keys were made.
  t = await openTestApp({ now: new Date('2026-03-01T04:00:00Z') })
})
after(() => t.close())

const office = actorFor('credit-office', 'credit-office')
const LOOK = { purpose: '行政审批', businessNo: '审〔2026〕1号' }
const START = day('2026-03-02')
const NAMES = ['有限公司', '科技有限公司', '贸易有限公司']
const STATUS: Readonly<Record<string, string>> = { K: '存续(在营、开业、在册)', ZX: '注销', DX: '吊销,未注销' }

// Decided on any of five days before the telling begins, so that everything may be reported on any day after it.
const past = fc.integer({ min: 0, max: 4 }).map(n => addDays(day('2026-01-12'), n * 9))
const number = fc.integer({ min: 1, max: 2 })
const asked = fc.integer({ min: 7, max: 8 })
const text = fc.constantFrom('事实甲', '事实乙', '事实丙')
const told: fc.Arbitrary<Told> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant('report' as const), number, text, decidedOn: past }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('annul' as const), number, text, decidedOn: past }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('mistaken' as const), number: asked, text, decidedOn: past }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('decide' as const, 'undo' as const), number: asked }) },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('register' as const),
      approvedOn: past,
      name: fc.constantFrom(...NAMES),
      status: fc.constantFrom(...Object.keys(STATUS)),
    }),
  },
)
/** What is told, and how many days after what was told before. */
const history = fc.array(fc.tuple(told, fc.integer({ min: 0, max: 2 })), { minLength: 4, maxLength: 12 })

let nextFirm = 100

/** A firm of a history: told of by files and decisions, each on its day. */
class TestFirm {
  readonly model = new ToldModel()
  readonly n = nextFirm++
  private readonly waiting = new Map<number, WaitingId>()
  private readonly app: App

  constructor(app: App) {
    this.app = app
  }

  name(ending: string): string {
    return `澜川市${firm(this.n).code.slice(9, 16)}${ending}`
  }

  /** The first name by which it became known, whoever said it. */
  get reportedName(): string {
    return this.name(NAMES[0] as string)
  }

  async tell(one: Told, on: Day): Promise<void> {
    t.setNow(new Date(endOfDay(on, this.app.city.zone).getTime() - 6 * 3_600_000))
    switch (one.what) {
      case 'report':
      case 'annul':
        await this.sendPenalty(one.number, one.text, one.decidedOn, one.what === 'annul' ? { 操作类型: '撤销' } : {})
        break
      case 'mistaken':
        if (this.model.questionState(one.number) !== 'none') return
        await this.sendPenalty(one.number, one.text, one.decidedOn, { 行政相对人名称: '澜川市另有其名有限公司' })
        break
      case 'decide':
      case 'undo':
        if (this.model.questionState(one.number) !== (one.what === 'decide' ? 'open' : 'decided')) return
        await this.decide(one)
        break
      case 'register':
        await this.sendRegistration(one)
        break
    }
    this.model.take(one, on)
  }

  private async sendPenalty(n: number, fact: string, decidedOn: Day, changes: SentRow): Promise<void> {
    const row = penalty(this.n, `澜时〔2026〕${this.n}-${n}号`, {
      行政相对人名称: this.reportedName,
      违法事实: fact,
      处罚决定日期: decidedOn,
      ...changes,
    })
    const { deliveryId } = await send(this.app, 'ecology-penalty', [row])
    const waiting = await this.app.changes.row<{ waiting_id: WaitingId }>(
      sql`select waiting_id from waiting_row where delivery_id = ${deliveryId} and reason = 'match.code-and-name-disagree'`,
    )
    if (waiting) this.waiting.set(n, waiting.waiting_id)
  }

  private async decide(one: Extract<Told, { what: 'decide' | 'undo' }>): Promise<void> {
    const waitingId = this.waiting.get(one.number) as WaitingId
    const decision =
      one.what === 'undo' ? { decision: 'undone' as const } : { decision: 'same' as const, subjectId: await this.subjectId() }
    await decideWaiting(this.app, office, waitingId, decision)
  }

  private async sendRegistration(one: Extract<Told, { what: 'register' }>): Promise<void> {
    const changes = { '企业（字号）名称': this.name(one.name), 登记状态代码: one.status, '核准（变更）日期': one.approvedOn }
    const ended =
      one.status === 'ZX' ? { 核准注销日期: one.approvedOn } : one.status === 'DX' ? { 吊销决定日期: one.approvedOn } : {}
    await send(this.app, 'market-registration', [registration(this.n, { ...changes, ...ended })])
  }

  async subjectId(): Promise<SubjectId> {
    const row = await this.app.changes.row<{ subject_id: SubjectId }>(
      sql`select subject_id from identifier_lookup where value = ${firm(this.n).code}`,
    )
    return row?.subject_id as SubjectId
  }

  /** What the archive answers, in the words of the model. */
  async seen(asOf: Day, knownOn: Day): Promise<unknown> {
    const { subject, records } = await readArchive(this.app, office, await this.subjectId(), { ...LOOK, asOf, knownOn })
    return {
      records: records
        .filter(one => one.item === 'penalty-org')
        .map(one => ({
          number: Number(one.documentNo.replace(/^.*-(\d+)号$/, '$1')),
          text: one.fields.find(field => field.code === 'CF_SY')?.value,
          decidedOn: one.decidedOn,
          state: one.state,
          versions: one.versions.length,
        }))
        .sort(byAll),
      card: {
        registered: subject.registered,
        name: subject.registered ? subject.name : null,
        status: subject.status,
        formerNames: subject.formerNames,
      },
    }
  }

  expected(asOf: Day, knownOn: Day): unknown {
    const card = this.model.card(asOf, knownOn)
    return {
      records: this.model.seen(asOf, knownOn).sort(byAll),
      card: {
        ...card,
        name: card.name === null ? null : this.name(card.name),
        status: card.status === null ? null : STATUS[card.status],
        formerNames: card.formerNames.map(former => ({ ...former, name: this.name(former.name) })),
      },
    }
  }
}

function byAll(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
}

function decidedIn(one: Told): Day[] {
  return 'decidedOn' in one ? [one.decidedOn] : 'approvedOn' in one ? [one.approvedOn] : []
}

async function live(told: readonly (readonly [Told, number])[]): Promise<{ firm: TestFirm; days: Day[] }> {
  const of = new TestFirm(t.app)
  // Known from the first day on, so that every later day has an answer.
  const days = [START]
  await of.tell({ what: 'report', number: 9, text: '首次报送', decidedOn: day('2026-01-12') }, START)
  let on = START
  for (const [one, later] of told) {
    on = addDays(on, later)
    days.push(on)
    await of.tell(one, on)
  }
  return { firm: of, days }
}

test('M028 · M078 · as of any day, as known on any day, the archive is what had been told by then of what had been decided by then', async () => {
  await fc.assert(
    fc.asyncProperty(history, fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 12, maxLength: 12 }), async (events, picks) => {
      const { firm: of, days } = await live(events)
      const known = daysAround(days).filter(one => one >= START)
      const situations = daysAround([START, ...events.flatMap(([one]) => decidedIn(one))])
      const last = days.at(-1) as Day
      for (const [asOf, knownOn] of [
        [last, last] as const,
        ...picks.map(([a, k]) => [situations[a % situations.length] as Day, known[k % known.length] as Day] as const),
      ])
        assert.deepEqual(await of.seen(asOf, knownOn), of.expected(asOf, knownOn), `as of ${asOf}, known on ${knownOn}`)
    }),
    runs(6),
  )
})

test('M020 · what is kept ready for now is what the facts amount to: cards, heads of records, copies of skeletons', async () => {
  await fc.assert(
    fc.asyncProperty(history, async events => {
      const { firm: of, days } = await live(events)
      const { app } = t
      const subjectId = await of.subjectId()
      const today = days.at(-1) as Day
      const archive = await readArchive(app, office, subjectId, LOOK)
      assert.deepEqual(
        { ...(await findCard(app.changes, subjectId)) },
        archive.subject,
        'the card is the fold of its registrations',
      )
      assert.deepEqual(archive, {
        ...(await readArchive(app, office, subjectId, { ...LOOK, asOf: today, knownOn: today })),
        receipt: archive.receipt,
      })
      const now = recordsOf(await listFacts(app.changes, [subjectId], app.now()), today)
      assert.deepEqual(
        archive.records.map(one => [one.recordId, one.state === 'annulled', one.versions]),
        now.map(one => [one.recordId, one.state === 'annulled', [...one.versions]]),
      )
      const heads = await app.changes.rows<{ head_id: number; annulled: boolean }>(
        sql`select head_id, annulled from record_key where subject_id = ${subjectId} and not annulled order by head_id`,
      )
      const standing = now.filter(one => one.state === 'standing')
      assert.deepEqual(
        heads.map(one => one.head_id),
        standing.map(one => one.versions.at(-1)).sort((a, b) => Number(a) - Number(b)),
        'the keys point at the last versions',
      )
    }),
    runs(4),
  )
  const differing =
    await t.worker.db.rows(sql`select f.fact_id from fact f full join fact_content c on c.subject_id = f.subject_id and c.fact_id = f.fact_id
    where (f.decided_on, f.item, f.edition, f.authority, f.kind, f.known_from, f.received_on) is distinct from (c.decided_on, c.item, c.edition, c.authority, c.kind, c.known_from, c.received_on)
      or f.replaces is distinct from c.replaces`)
  assert.deepEqual(differing, [], 'every content is a copy of its skeleton')
})
