import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { listCards, type SubjectCard } from '../archive/cards.ts'
import { knownRecord } from '../archive/registrations.ts'
import { type FactRow, factOf, factsOf, recordsOf } from '../archive/views.ts'
import { addDays, type Day, day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { ROOT } from '../base/root.ts'
import { sql } from '../db/database.ts'
import { disclose } from '../disclosure/disclose.ts'
import type { Audience, Disclosure, DisclosureContext } from '../disclosure/model.ts'
import { OUTLETS, type Outlet, type OutletId } from '../disclosure/outlets.ts'
import { disclosedRecord } from '../disclosure/record.ts'
import { itemEdition, layoutOn } from '../law/law.ts'
import { publishSubjects } from '../publication/publish.ts'
import { specialWindow } from '../reports/window.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Doors, openDoors } from './doors.ts'
import { type About, PROBES } from './outlet-probes.ts'
import { firm, penalty, personPenalty } from './sent-rows.ts'
import { runs, send, subjectOf } from './testing.ts'
import { historySpec, type Told, tell } from './told-history.ts'

// Principle 4: two projections of one store. One function decides what is disclosed, to whom and on which day; no outlet filters on its own.

let t: TestApp
let doors: Doors
before(async () => {
  t = await openTestApp({ now: new Date('2026-04-20T04:00:00Z') })
  doors = await openDoors(t)
})
after(async () => {
  await doors.close()
  await t.close()
})

const noonOf = (on: Day): Date => new Date(`${on}T04:00:00Z`)
const EVER = new Date('9999-12-31T00:00:00Z')
let serial = 0

/** Numbers of persons as they stand in the texts that departments write. */
const PRIVATE = {
  telephone: '13900001234',
  account: '6222020200112233445',
  id: inventedResidentId(77, day('1979-03-04')),
} as const
const PRIVATE_TEXT = `联系电话${PRIVATE.telephone}，账号${PRIVATE.account}，身份证号${PRIVATE.id}。`

type World = { readonly about: About; readonly person: About & { readonly secret: string }; readonly all: readonly Told[] }

/** One firm with a random history, one minor penalty with private numbers in its text, and one person's penalty. */
async function live(begins: Day, specs: Parameters<typeof tell>[2]): Promise<World> {
  const n = ++serial
  t.setNow(noonOf(begins))
  const all = tell(n, begins, specs)
  for (const told of all) await send(t.app, told.source, [told.rows.first])
  const minor = penalty(n, `澜轻〔2026〕${n}号`, {
    失信信息类别: 'Ⅰ类',
    处罚决定日期: addDays(begins, -9),
    违法事实: `轻微${n}记`,
  })
  const loud = penalty(n, `澜密〔2026〕${n}号`, { 处罚决定日期: addDays(begins, -9), 违法事实: `明示${n}记。${PRIVATE_TEXT}` })
  await send(t.app, 'ecology-penalty', [minor, loud])
  const id = inventedResidentId(n, day('1988-08-08'))
  const secret = `私事${n}记`
  const changes = { 当事人姓名: `虞栖${n}`, 违法事实: secret, 处罚决定日期: addDays(begins, -5) }
  await send(t.app, 'transport-penalty-person', [personPenalty(id, `澜个〔2026〕${n}号`, changes)])
  for (const told of all) if (told.rows.second) await send(t.app, told.source, [told.rows.second])
  const blind = t.app.keys.blindIndex('resident-id', Buffer.from(id)).toString('hex')
  return {
    all,
    about: { subjectId: await subjectOf(t.app, firm(n).code), ...firm(n) },
    person: { subjectId: await subjectOf(t.app, blind), name: changes.当事人姓名, code: id, secret },
  }
}

type Answered = { readonly recordId: number; readonly number: string; readonly answer: Disclosure }

/** What the one function says of every record of a subject that is kept. */
async function disclosed(card: SubjectCard, audience: Audience, context: DisclosureContext): Promise<Answered[]> {
  const { law } = t.app
  const facts = (await t.worker.db.rows<FactRow>(factsOf([card.subjectId], EVER))).map(factOf)
  return recordsOf(facts, context.day).map(record => {
    const { head } = record
    const item = itemEdition(law, `${head.item}@${head.edition}`)
    assert.ok(item)
    const known = knownRecord(record)
    const number = item.roles.documentNumber.map(code => head.content[code] ?? '').join(' ')
    return {
      recordId: record.recordId,
      number,
      answer: disclose(law, disclosedRecord(law, item, card.kind, known), audience, context),
    }
  })
}

type Published = { record_id: number; shown_from: Day; shown_until: Day | null; fields: unknown }

async function published(subjectId: SubjectId, on: Day): Promise<Published[]> {
  return await t.worker.db.rows<Published>(sql`select record_id, shown_from, shown_until, body->'fields' as fields from pub.record
    where subject_id = ${subjectId} and shown_from <= ${on} and (shown_until is null or shown_until >= ${on}) order by 1`)
}

const shownOf = (answers: readonly Answered[]): Answered[] => answers.filter(one => one.answer.shown)

async function assertPortalAgrees(about: About, on: Day): Promise<void> {
  const [card] = await listCards(t.worker.db, [about.subjectId])
  assert.ok(card)
  const answers = shownOf(await disclosed(card, 'public', { day: on })).sort((a, b) => a.recordId - b.recordId)
  const rows = await published(about.subjectId, on)
  assert.deepEqual(
    rows.map(row => row.record_id),
    answers.map(one => one.recordId),
  )
  for (const [i, row] of rows.entries()) {
    const answer = answers[i]?.answer
    assert.ok(answer?.shown)
    assert.deepEqual([row.shown_from, row.shown_until, row.fields], [answer.from, answer.until, answer.fields])
  }
}

async function assertReportsAgree(about: About, on: Day): Promise<void> {
  const [card] = await listCards(t.worker.db, [about.subjectId])
  assert.ok(card)
  const layout = layoutOn(t.app.law, 'special', on)
  assert.ok(layout)
  const window = specialWindow(layout, t.app.law.calendar, on, 3)
  const wanted = [
    ['public-report', { day: on }],
    ...(window.ok ? [['special-report', { day: on, window: window.value }] as const] : []),
  ] as const
  for (const [outlet, context] of wanted) {
    const text = await PROBES[outlet](doors, about)
    for (const { number, answer } of await disclosed(card, outlet, context))
      assert.equal(text.includes(number), answer.shown, `${outlet} on ${on}: ${number}`)
  }
}

const forThePublic = (OUTLETS as readonly Outlet[]).filter(one => one.audience === 'public' || one.audience === 'public-report')

test('M095 · portal and reports show exactly what the one disclosure function says, on the day of publication and on any later one', async () => {
  await fc.assert(
    fc.asyncProperty(historySpec, async ({ begins, later, specs }) => {
      const { about, person } = await live(begins, specs)
      await publishSubjects(t.worker, [about.subjectId, person.subjectId])
      for (const on of [begins, addDays(begins, later)]) {
        t.setNow(noonOf(on))
        await assertPortalAgrees(about, on)
        await assertReportsAgree(about, on)
        assert.deepEqual(await published(person.subjectId, on), [])
      }
    }),
    runs(5),
  )
})

test('M099 · no outlet for the public shows a person, a minor record, or a number of a person; the special report shows the minor one', async () => {
  await fc.assert(
    fc.asyncProperty(historySpec, async ({ begins, specs }) => {
      const n = serial + 1
      const { about, person } = await live(begins, specs)
      await publishSubjects(t.worker, [about.subjectId, person.subjectId])
      for (const { outlet } of forThePublic) {
        const probe = PROBES[outlet as OutletId]
        if (!probe) continue
        const ours = await probe(doors, about)
        // A search page repeats what was asked for, a person's name among it, but knows nobody of that name.
        const theirs = (await probe(doors, person)).replaceAll(person.name, '')
        const secrets = [
          `轻微${n}记`,
          `澜轻〔2026〕${n}号`,
          `澜个〔2026〕${n}号`,
          person.secret,
          person.name,
          `/subjects/${person.subjectId}"`,
        ]
        for (const secret of [...secrets, ...Object.values(PRIVATE)])
          assert.ok(!`${ours}\n${theirs}`.includes(secret), `${outlet} shows ${secret}`)
      }
      const special = await PROBES['special-report'](doors, about)
      assert.ok(special.includes(`轻微${n}记`) && special.includes(`明示${n}记`))
      for (const secret of [...Object.values(PRIVATE), person.secret]) assert.ok(!special.includes(secret), secret)
      assert.ok((await PROBES['portal-page'](doors, about)).includes(`明示${n}记`), 'what may be shown is shown')
    }),
    runs(2),
  )
})

const codeFiles = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !/\.test\.ts$|testing|invariants|outlets\.ts$/.test(file))
    .map(file => readFileSync(join(ROOT, folder, file), 'utf8'))

test('principle 4 · every way out of the platform is registered, and every registered one is asked by these tests', () => {
  const ids = new Set<string>(OUTLETS.map(one => one.outlet))
  assert.deepEqual([...ids].sort(), Object.keys(PROBES).sort())
  const code = codeFiles('src').join('\n')
  const named = [...code.matchAll(/\boutlet: (?:'([a-z-]+)'|[^\n,]*\? '([a-z-]+)' : '([a-z-]+)')/g)].flatMap(found =>
    found.slice(1),
  )
  for (const outlet of named.filter(Boolean)) assert.ok(ids.has(outlet ?? ''), `${outlet} registers looks but is no outlet`)
  for (const [outlet, probe] of Object.entries(PROBES))
    if (probe === null) assert.ok(!named.includes(outlet), `${outlet} has a door now; write its probe`)
})
