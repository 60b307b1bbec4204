import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { addDays, day as dayOf } from '../base/day.ts'
import { sql } from '../db/database.ts'
import { OUTCOME_WORDS } from '../intake/model.ts'
import { loadLaw } from '../law/load.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { makeExampleAccounts } from './accounts.ts'
import { openCity } from './city.ts'
import { planCity } from './city-files.ts'
import { type FileRecord, writeDemoFiles } from './files.ts'
import { type DemoLoaded, findDemo, loadDemo } from './load.ts'

const ARGS = { subjects: 240, records: 2400, seed: 11, day: dayOf('2026-11-20') }
let whole: TestApp
let loaded: DemoLoaded
let records: readonly FileRecord[]

before(async () => {
  whole = await openTestApp()
  const folder = await mkdtemp(join(tmpdir(), 'mingxin-load-test-'))
  records = (await writeDemoFiles(planCity(openCity(whole.app.law, ARGS), ARGS.records), ARGS.records, folder)).files
  await rm(folder, { recursive: true })
  loaded = await loadDemo(whole.worker, ARGS)
})
after(() => whole.close())

type Settled = Record<string, number> & { source: string }

async function outcomes({ app }: TestApp): Promise<Settled[]> {
  return await app.changes.rows<Settled>(sql`select d.source, sum(received)::int as received, sum(filed)::int as filed, sum(duplicate)::int as duplicate,
    sum(corrected)::int as corrected, sum(annulled)::int as annulled, sum(refused)::int as refused, sum(waiting)::int as waiting
    from delivery d join delivery_chunk using (delivery_id) group by d.source order by d.source`)
}

test('every file is settled, every row ends once, and the counts add up', async () => {
  const open = await whole.worker.db.rows(sql`select from delivery_state where state <> 'settled'`)
  assert.equal(open.length, 0)
  const { received, ...rest } = loaded.counts
  assert.equal(
    Object.values(rest).reduce((sum, count) => sum + count, 0),
    received,
  )
  assert.equal(
    received,
    records.reduce((sum, file) => sum + file.expected.received, 0),
  )
})

/** Sources of which the line refuses rows that it should take. */
const REFUSED_TOO_MUCH: Readonly<Record<string, string>> = {
  'market-penalty': 'a cell of several kinds in the sender’s own codes (3;6) is not read',
  'market-intellectual-property': 'the deciding authority (国家知识产权局) is no unit of the city',
}
const { law } = loadLaw({
  lawDir: join(import.meta.dirname, '../../law'),
  cityDir: join(import.meta.dirname, '../../city/example'),
})

for (const source of law.sources.keys()) {
  test(`M066 · the rows of ${source} end as they were meant to`, { todo: REFUSED_TOO_MUCH[source] ?? false }, async () => {
    const found = (await outcomes(whole)).find(row => row.source === source)
    const own = records.filter(file => file.source === source)
    const off = OUTCOME_WORDS.flatMap(outcome => {
      const meant = own.reduce((sum, file) => sum + file.expected[outcome], 0)
      const came = found?.[outcome] ?? 0
      // Two records of one subject may share day and title where an item has no number of its own.
      return Math.abs(meant - came) > 1 ? [`${outcome}: ${meant} meant, ${came} came`] : []
    })
    assert.deepEqual(off, [])
  })
}

test('the portal has its subjects and records, and no natural person', async () => {
  const [row] = await whole.worker.db.rows<{ subjects: number; persons: number; licences: number; penalties: number }>(sql`select
    (select count(*) from pub.subject) as subjects, (select count(*) from pub.subject where kind = 'natural-person') as persons,
    (select count(*) from pub.record where register = 'licences') as licences, (select count(*) from pub.record where register = 'penalties') as penalties`)
  assert.ok(row && row.subjects > 200 && row.licences > 200 && row.penalties > 20, JSON.stringify(row))
  assert.equal(row.persons, 0)
})

test('R04 · the category that a row names fits the code of its subject', async () => {
  const [row] = await whole.worker.db.rows<{ traders: number; warned: number }>(sql`select
    (select count(*)::int from subject_card where kind = 'sole-trader') as traders,
    (select count(*)::int from warning where code = 'uscc.not-of-category') as warned`)
  assert.ok(row && row.traders > 20)
  assert.equal(row.warned, 0)
})

test('M056 · firms that got another name are told of by the register of changes: the old name ends on that day, the new one begins', async () => {
  const told = await whole.worker.db.rows<{ before: string; after: string; on: string }>(sql`select
    f.content ->> 'BGQNR' as before, f.content ->> 'BGHNR' as after, f.content ->> 'BGRQ' as on from fact_content f where item = 'registration-change' and f.content ->> 'BGSX' = '名称变更'`)
  assert.ok(told.length > 0)
  for (const { before, after, on } of told) {
    const names = await whole.worker.db.rows<{ name: string; from: string | null; until: string | null }>(
      sql`select distinct name, valid_from as from, valid_until as until from subject_name where name in (${before}, ${after}) and (valid_from = ${on} or valid_until = ${on})`,
    )
    assert.deepEqual(
      names.map(({ name, from, until }) => (name === after ? from : until)),
      [on, on],
      before,
    )
  }
})

test('M067 · most decisions came in time, some late', async () => {
  const row = await whole.worker.db.row<{ on_time: number; late: number }>(
    sql`select sum(on_time)::int as on_time, sum(late)::int as late from timeliness where item like 'penalty%' or item like 'licence%'`,
  )
  assert.ok(row && row.late > 20 && row.on_time > 3 * row.late, JSON.stringify(row))
})

test('nothing is known later than the city’s last day, and the sealed files are gone', async () => {
  const row = await whole.worker.db.row<{ last: Date }>(sql`select max(known_from) as last from fact`)
  assert.ok(row && row.last < new Date(`${ARGS.day}T00:00:00+08:00`))
  assert.equal((await findDemo(whole.worker.db))?.state, 'loaded')
})

test('a second call changes nothing and answers the same counts', async () => {
  const again = await loadDemo(whole.worker, { ...ARGS, day: addDays(ARGS.day, 30), subjects: 999 })
  assert.deepEqual([again.counts, again.day, again.subjects], [loaded.counts, ARGS.day, ARGS.subjects])
})

test('stopped between two files and called again: the same counts as without the stop', async () => {
  const other = await openTestApp()
  const stop = new AbortController()
  const stopAt = (done: number): void => {
    if (done === 40) stop.abort()
  }
  await assert.rejects(loadDemo(other.worker, { ...ARGS, signal: stop.signal, onProgress: ({ done }) => stopAt(done) }), {
    name: 'AbortError',
  })
  assert.equal((await findDemo(other.worker.db))?.state, 'loading')
  await loadDemo(other.worker, ARGS)
  assert.deepEqual(await outcomes(other), await outcomes(whole))
  await other.close()
})

test('killed with -9 in the middle of a file and called again: the same counts, no row twice', async () => {
  const other = await openTestApp()
  const from = JSON.stringify(join(import.meta.dirname, '..'))
  const program = `
    const { readConfig } = await import(${from} + '/config.ts')
    const { openApp } = await import(${from} + '/open-app.ts')
    const { loadDemo } = await import(${from} + '/demo/load.ts')
    const [dataDir, app_] = process.argv.slice(1)
    const app = await openApp({ config: readConfig({ MINGXIN_DATA: dataDir }), databases: { app: app_ }, dataDir })
    await loadDemo(app, ${JSON.stringify(ARGS)})`
  const url = String(other.worker.db.pool.options.connectionString)
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program, other.app.config.dataDir ?? '', url], {
    stdio: 'inherit',
  })
  const ended = new Promise(resolve => child.on('exit', (_, signal) => resolve(signal)))
  const settled = async () => (await other.worker.db.rows(sql`select from delivery_state where state = 'settled'`)).length
  while ((await settled()) < 25 && child.exitCode === null) await sleep(10)
  child.kill('SIGKILL')
  assert.equal(await ended, 'SIGKILL')
  await loadDemo(other.worker, ARGS)
  assert.deepEqual(await outcomes(other), await outcomes(whole))
  const facts = async ({ app }: TestApp) =>
    await app.changes.row(sql`select count(*) as facts, count(distinct (delivery_id, row_no)) as rows from fact`)
  assert.deepEqual(await facts(other), await facts(whole))
  await other.close()
})

test('the example accounts exist once: a clerk, an investigator, the office, two at the window, the administrators, the privacy officer, a bank, the auditor, two firms, an agent, a citizen', async () => {
  const made = await makeExampleAccounts(whole.worker)
  assert.deepEqual(
    made.map(account => account.login),
    [
      'clerk.market',
      'clerk.ecology',
      'investigator.ecology',
      'case.market',
      'case.market2',
      'case.ecology',
      'case.ecology2',
      'case.emergency',
      'case.emergency2',
      'case.housing',
      'case.housing2',
      'case.approval',
      'case.approval2',
      'credit.office',
      'window.approval',
      'window.approval2',
      'admin.system',
      'admin.security',
      'admin.market',
      'privacy.officer',
      'bank.lending',
      'auditor',
      'firm',
      'firm.penalty',
      'agent',
      'citizen',
    ],
  )
  assert.deepEqual(await makeExampleAccounts(whole.worker), made)
  const bound = await whole.worker.db.rows(
    sql`select from account a join mandate m using (account_id) join pub.record r on r.subject_id = m.subject_id where a.login = 'firm.penalty' and r.register = 'penalties'`,
  )
  assert.ok(bound.length > 0)
  await assert.rejects(makeExampleAccounts({ ...whole.worker, city: { ...whole.app.city, inventedPrefixes: [] } }), RangeError)
})
