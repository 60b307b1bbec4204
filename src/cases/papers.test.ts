import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { releaseFile } from '../intake/plain-file.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../reports/archive-testing.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { openCase } from './act-on-case.ts'
import { forgetPapers, keepPaper, MOST_WAITING } from './papers.ts'
import { readPaper } from './read-paper.ts'

// Papers on a real store: nobody's bytes go with somebody else's, and nobody fills the store.

let t: TestApp
let n = 0
const bytesOf = (text: string): Buffer => Buffer.from(`%PDF-1.7 ${text}`)
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const [end] = await Promise.allSettled([work])
  if (end?.status === 'fulfilled') return 'nothing was refused'
  if (end?.reason instanceof Refusal) return end.reason.code
  throw end?.reason
}

before(async () => {
  t = await openTestApp({ now: new Date('2026-06-18T04:00:00Z') })
})
after(() => t.close())

async function firm(): Promise<{ readonly me: Actor; readonly subjectId: SubjectId; readonly recordId: number }> {
  n += 1
  const [id] = await openTestSubjects(t.app, [{ name: `澜川交件${n}有限公司`, uscc: inventedUscc('enterprise', 5_900 + n) }])
  const subjectId = id as SubjectId
  const [recordId] = await publishTestFacts(t.app, [penaltyOf(subjectId, `示罚〔2026〕交${n}号`, '2026-05-06')])
  return {
    me: { ...actorFor('subject', 'subject'), id: `account:${subjectId}`, subjectId },
    subjectId,
    recordId: recordId as number,
  }
}

async function handedIn(bytes: Buffer) {
  const { me, subjectId, recordId } = await firm()
  const { paperId } = await keepPaper(t.app, me, bytes, '证明.pdf')
  const key = await openCase(t.app, me, {
    ...{ procedure: 'objection', act: 'lodge', subjectId, aboutRef: String(recordId) },
    fields: { wrong: 'content', 'should-be': '罚款数额应为一万元' },
    papers: [{ paper: 'proof', paperId }],
  })
  return { me, key, paperId }
}

test('M260 · a paper of a case stays readable when a department’s file of the same bytes is released', async () => {
  const bytes = bytesOf('同一份文件')
  const { me, key, paperId } = await handedIn(bytes)
  const stored = await t.app.files.put(bytes)
  await releaseFile(t.app, stored.hash)
  assert.deepEqual((await readPaper(t.app, me, key, paperId)).bytes, bytes)
})

test('M205 · a letter that its subject sends as a paper and does not hand in stays where it was when the paper is forgotten', async () => {
  const letter = bytesOf('列入决定书')
  const { hash } = await t.app.files.put(letter)
  const { me } = await firm()
  await keepPaper(t.app, me, letter, '决定书.pdf')
  t.setNow(new Date('2026-06-20T04:00:00Z'))
  assert.equal(await forgetPapers(t.worker), 1)
  assert.deepEqual(await t.app.files.read(hash), letter)
  t.setNow(new Date('2026-06-18T04:00:00Z'))
})

test('M260 · a paper that is forgotten takes nothing from a case that holds the same bytes', async () => {
  const bytes = bytesOf('两个人交的同一份')
  const { me, key, paperId } = await handedIn(bytes)
  const other = await firm()
  await keepPaper(t.app, other.me, bytes, '同一份.pdf')
  t.setNow(new Date('2026-06-20T04:00:00Z'))
  assert.equal(await forgetPapers(t.worker), 1)
  assert.deepEqual((await readPaper(t.app, me, key, paperId)).bytes, bytes)
  t.setNow(new Date('2026-06-18T04:00:00Z'))
})

test('SG16 · nobody fills the store: so many papers wait of one person, and no more', async () => {
  const { me } = await firm()
  for (let no = 0; no < MOST_WAITING; no += 1) await keepPaper(t.app, me, bytesOf(`第${no}份`), `${no}.pdf`)
  assert.equal(await codeOf(keepPaper(t.app, me, bytesOf('又一份'), 'x.pdf')), 'paper.too-many')
  const other = await firm()
  await keepPaper(t.app, other.me, bytesOf('别人的一份'), 'y.pdf')
})
