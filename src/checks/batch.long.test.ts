import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { fileTestFacts, openTestSubjects, wageListing } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp } from '../testing-app.ts'
import { checkList } from './batch.ts'
import { ndjsonAnswer } from './batch-answer.ts'
import { LINES_AT_MOST, listOfFile } from './list.ts'

const FIRMS = 20_000
const LISTED_EVERY = 50

test('C7 · 100,000 lines are checked in memory that does not grow with them, each subject shown registered', {
  timeout: 300_000,
}, async t => {
  const platform = await openTestApp()
  const { app } = platform
  const folder = await mkdtemp(join(tmpdir(), 'mingxin-list-'))
  t.after(async () => {
    await rm(folder, { recursive: true })
    await platform.close()
  })
  for (let from = 0; from < FIRMS; from += 5000) {
    const numbers = Array.from({ length: 5000 }, (_, i) => from + i)
    const opened = await openTestSubjects(
      app,
      numbers.map(n => ({ name: `澜川第${n}有限公司`, uscc: inventedUscc('enterprise', n) })),
    )
    const listed = numbers.filter(n => n % LISTED_EVERY === 0)
    await fileTestFacts(
      app,
      listed.map(n => wageListing(opened[n - from] as SubjectId, `示人社失〔2026〕${n}号`, '2026-06-01')),
    )
  }
  const lines = Array.from({ length: LINES_AT_MOST }, (_, i) => inventedUscc('enterprise', i % (FIRMS * 2)))
  const path = join(folder, 'list.csv')
  writeFileSync(path, `统一社会信用代码\n${lines.join('\n')}\n`)

  const began = performance.now()
  const list = await listOfFile(path, app.city.inventedPrefixes)
  const parts = checkList(app, actorFor('approval', 'window-officer'), { purpose: '招标投标', businessNo: '标1' }, list)
  let [early, peak, text] = [0, 0, '']
  let sent = 0
  for await (text of ndjsonAnswer(parts, list)) {
    sent += 1
    const { rss } = process.memoryUsage()
    if (sent === 40) early = rss
    peak = Math.max(peak, rss)
  }
  const seconds = (performance.now() - began) / 1000
  const { summary } = JSON.parse(text)
  const looks = await app.changes.row<{ n: number }>(sql`select count(*) as n from look`)
  t.diagnostic(
    `${Math.round(LINES_AT_MOST / seconds)} lines a second; ${Math.round(early / 1e6)} MB after 20,000 lines, ${Math.round(peak / 1e6)} MB at most`,
  )
  const found = LINES_AT_MOST - 40_000
  assert.deepEqual(
    { ...summary, digest: '' },
    {
      lines: LINES_AT_MOST,
      hit: found / LISTED_EVERY,
      clear: found - found / LISTED_EVERY,
      ambiguous: 0,
      unknown: 40_000,
      invalid: 0,
      digest: '',
    },
  )
  assert.equal(looks?.n, found)
  assert.ok(peak - early < 80e6, `${early} → ${peak}`)
})
