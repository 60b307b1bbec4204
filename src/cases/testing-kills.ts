import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Actor } from '../access/actor.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { openCase } from './act-on-case.ts'
import type { Killed } from './testing-killed.ts'

const CHILD = join(import.meta.dirname, 'testing-killed.ts')
const NOW = '2026-06-18T04:00:00.000Z'
const UNIT = 'urban-management'
/** Everything that an act of a case leaves behind, but the log's own rows, which are made with the act. */
const TABLES = [
  ...['case_file', 'case_entry', 'case_text', 'case_clock', 'case_paper', 'record_standing', 'record_standing_end', 'notice'],
  ...[
    'notice_service',
    'correction',
    'receiver_notice',
    'act',
    'ledger_batch',
    'pub.change',
    'pub.record',
    'graphile_worker._private_jobs',
  ],
]

export type Kills = {
  /** Kills a process before the n-th statement of an act; whether the act was done, and how many statements it had come to. */
  kill(act: 'lodge' | 'delete', n: number): Promise<{ readonly done: boolean; readonly statements: number }>
  close(): Promise<void>
}

/** A platform on which acts are broken off; each time what is left is held against what was there before, and against the whole act. */
export async function openKills(): Promise<Kills> {
  const t = await openTestApp({ now: new Date(NOW) })
  let serial = 0
  const whole = new Map<string, Record<string, number>>()
  return {
    kill: async (act, n) => {
      serial += 1
      const told = await prepared(t, act, serial)
      const before = await counts(t)
      const { signal, statements } = await run({ ...told, killBefore: n })
      const left = grown(before, await counts(t))
      const done = Object.keys(left).length > 0
      const isWhole = whole.get(act)
      if (signal === null) whole.set(act, left)
      else if (done && isWhole) assert.deepEqual(left, isWhole, `${act} killed before statement ${n} is neither before nor after`)
      const { text } = {
        text: 'select from case_file f where entry_no <> (select count(*) from case_entry e where e.case_id = f.case_id)',
      }
      assert.equal((await t.worker.db.rows({ text })).length, 0, 'a file differs from its entries')
      return { done, statements }
    },
    close: () => t.close(),
  }
}

type Told = Omit<Killed, 'killBefore'>

async function prepared(t: TestApp, act: 'lodge' | 'delete', serial: number): Promise<Told> {
  const [subjectId] = await openTestSubjects(t.app, [
    { name: `澜川断点${serial}有限公司`, uscc: inventedUscc('enterprise', 40_000 + serial) },
  ])
  const [recordId] = await publishTestFacts(t.app, [penaltyOf(subjectId as SubjectId, `断罚〔2026〕${serial}号`, '2026-05-06')])
  const owner: Actor = { ...actorFor('subject', 'subject'), id: `account:${subjectId}`, subjectId: subjectId as SubjectId }
  const lodged = { wrong: 'content', 'should-be': '数额有误' }
  const shared = {
    urls: t.urls,
    dataDir: t.app.config.dataDir ?? '',
    now: NOW,
    subjectId: subjectId as number,
    recordId: recordId as FactId,
  }
  if (act === 'lodge') return { ...shared, actor: owner, caseId: null, act, fields: lodged }
  const opening = {
    procedure: 'objection',
    act: 'lodge',
    subjectId: subjectId as SubjectId,
    aboutRef: String(recordId),
    fields: lodged,
  }
  const { caseId } = await openCase(t.app, owner, opening)
  const officer = { ...actorFor(UNIT, 'case-officer'), id: 'account:31' }
  return { ...shared, actor: officer, caseId, act, fields: { finding: '原决定已撤销' } }
}

async function counts(t: TestApp): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const table of TABLES)
    found[table] = (await t.worker.db.row<{ n: number }>({ text: `select count(*)::int as n from ${table}` }))?.n ?? 0
  return found
}

/** What there is more or less of than before. */
function grown(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
  const changed = Object.entries(after).filter(([table, n]) => n !== before[table])
  return Object.fromEntries(changed.map(([table, n]) => [table, n - (before[table] ?? 0)]))
}

async function run(told: Killed): Promise<{ signal: string | null; statements: number }> {
  const child = spawn(process.execPath, [CHILD, JSON.stringify(told)], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let wrong = ''
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString()
  })
  child.stderr.on('data', (text: Buffer) => {
    wrong += text.toString()
  })
  const [code, signal] = await new Promise<[number | null, string | null]>(done => {
    child.on('close', (exit, by) => done([exit, by]))
  })
  assert.ok(code === 0 || signal === 'SIGKILL', wrong)
  return { signal, statements: Number(said.trim() || 0) }
}
