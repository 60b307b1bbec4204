import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { endpoint } from '../../src/http/endpoint.ts'
import { loadWords } from '../../src/words/words.ts'
import { addressOf } from './call.ts'
import { codeGroups } from './code-groups.ts'
import { instantText, readDay } from './day-text.ts'
import { differingRanges, isNearNamesake, piecesOf } from './diff-text.ts'
import { readLines } from './ndjson.ts'
import { nextTab } from './next-tab.ts'
import { clockState, clockText } from './state-mark.ts'
import { say, setWords } from './words.ts'

test('an address has its parameters in place, escaped, and no empty query values', () => {
  const door = endpoint({
    method: 'GET',
    path: '/subjects/:subjectId/records',
    needs: 'anyone',
    reach: 'public',
    since: '0.1',
    summary: 'test',
    params: z.strictObject({ subjectId: z.string() }),
    query: z.strictObject({ purpose: z.string().optional(), asOf: z.string().optional() }),
  })
  assert.equal(
    addressOf(door, { params: { subjectId: 'a/b' }, query: { purpose: '行政许可', asOf: '' } }),
    '/api/v1/subjects/a%2Fb/records?purpose=%E8%A1%8C%E6%94%BF%E8%AE%B8%E5%8F%AF',
  )
  assert.throws(() => addressOf(door), RangeError)
})

test('a day is read from the three ways people write it, and only if it exists', () => {
  for (const text of ['20261121', '2026-11-21', '2026/11/21', '2026年11月21日', ' ２０２６年11月21日 '])
    assert.equal(readDay(text), '2026-11-21', text)
  for (const text of ['20261131', '2026-13-01', '11月21日', '', '2026112']) assert.equal(readDay(text), null, text)
})

test('an instant is shown in the time of the city, wherever the browser is', () => {
  assert.equal(instantText('2026-03-05T02:32:07.000Z'), '2026-03-05 10:32:07')
  assert.equal(instantText('2026-03-05'), '2026-03-05')
})

test('a code is grouped for reading and stays the same code', () => {
  assert.deepEqual(codeGroups('91990100MA01234567'), ['91', '990100', 'MA0123456', '7'])
  assert.equal(codeGroups('a'.repeat(64)).join(''), 'a'.repeat(64))
  assert.deepEqual(codeGroups('H0000001A'), ['H0000001A'])
})

test('what differs between two names is found by character, rare ones counted once', () => {
  assert.deepEqual(differingRanges('明川瑞泰商贸有限公司', '明川瑞秦商贸有限公司'), [[3, 4]])
  assert.deepEqual(differingRanges('𠮷田商行', '吉田商行'), [[0, 1]])
  assert.deepEqual(piecesOf('𠮷田商行', [[0, 1]]), [
    { text: '𠮷', differs: true },
    { text: '田商行', differs: false },
  ])
  assert.equal(isNearNamesake('明川瑞泰商贸有限公司', '明川瑞秦商贸有限公司'), true)
  assert.equal(isNearNamesake('明川瑞泰商贸有限公司', '明川瑞泰商贸有限公司'), false)
  assert.equal(isNearNamesake('明川瑞泰商贸有限公司', '明川昱诚商贸有限公司'), false, 'two firms of one trade are no namesakes')
  assert.equal(isNearNamesake('明川瑞泰商贸有限公司', '河东宏远建材有限公司'), false)
})

test('a stream of JSON lines is read whole, however the pieces fall', async () => {
  const bytes = new TextEncoder().encode('{"名":"甲"}\n{"n":2}\n\n{"n":3}')
  for (const size of [1, 2, 5, 100]) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
        controller.close()
      },
    })
    const read: unknown[] = []
    for await (const line of readLines(body)) read.push(line)
    assert.deepEqual(read, [{ 名: '甲' }, { n: 2 }, { n: 3 }], `pieces of ${size}`)
  }
})

test('a clock says what its days say and guesses nothing', () => {
  const today = '2026-03-10'
  assert.equal(clockState({ dueOn: null, today }), 'unknown')
  assert.equal(clockState({ dueOn: '2026-03-10', today }), 'today')
  assert.equal(clockState({ dueOn: '2026-03-09', today }), 'overdue')
  assert.equal(clockState({ dueOn: '2026-03-12', today, workingDaysLeft: 2 }), 'soon')
  assert.equal(clockState({ dueOn: '2026-03-30', today, workingDaysLeft: 14 }), 'open')
  assert.equal(clockState({ dueOn: '2026-03-09', today, suspended: true }), 'suspended')
  assert.equal(clockState({ dueOn: '2026-03-09', today, doneOn: '2026-03-09' }), 'done')
  assert.equal(clockState({ dueOn: '2026-03-09', today, doneOn: '2026-03-10' }), 'done-late')
})

test('a last day past the known calendar is a sentence with the working days it is counted by, and never a question mark', () => {
  const words = loadWords()
  setWords(Object.fromEntries(words.all))
  const unknown = { dueOn: null, today: '2026-12-30' }
  assert.equal(clockText({ ...unknown, workingDays: 25 }), '待国务院公布放假安排后确定（25个工作日）')
  assert.equal(clockText(unknown), '到期日待国务院公布放假安排后确定')
  for (const state of ['open', 'soon', 'today', 'overdue', 'suspended', 'done', 'done-late', 'unknown', 'unknown-of'])
    assert.ok(words.has(`console.clock.${state}`), state)
})

test('arrow keys go round the tabs, other keys nowhere', () => {
  assert.deepEqual(
    ['ArrowRight', 'ArrowLeft', 'Home', 'End', 'a'].map(key => nextTab(key, 2, 3)),
    [0, 1, 0, 2, null],
  )
})

test('a sentence never shows a brace', () => {
  setWords({ 'rows.count': '{count}行，{rest}' })
  assert.equal(say('rows.count', { count: 1204 }), '1,204行，—')
})
