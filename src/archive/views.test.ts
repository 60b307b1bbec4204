import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import type { Fact } from './model.ts'
import { recordsOf } from './views.ts'

const TODAY = day('2026-11-20')

/** A fact in few words: id, kind, what it replaces, the second in which it became known, what it says. */
function fact(
  id: number,
  kind: Fact['kind'],
  replaces: number | null,
  second: number,
  content: Record<string, string> = {},
  on = '2026-03-01',
): Fact {
  const knownFrom = new Date(Date.UTC(2026, 4, 1, 0, 0, second))
  const shape = {
    subjectId: 1 as SubjectId,
    item: 'penalty-org',
    edition: '2019-07-01',
    authority: 'x',
    receivedOn: day('2026-05-01'),
  }
  return { ...shape, factId: id as FactId, kind, replaces: replaces as FactId | null, knownFrom, content, decidedOn: day(on) }
}

test('M078 · a correction whose id is smaller than that of what it corrects counts: ids come in blocks, one for each process', () => {
  const [record] = recordsOf(
    [fact(1500, 'correction', 2005, 2, { a: 'new' }), fact(2005, 'record', null, 1, { a: 'old' })],
    TODAY,
  )
  assert.deepEqual([record?.recordId, record?.head.content, record?.versions], [2005, { a: 'new' }, [2005, 1500]])
})

test('M078 · a correction that read the clock before what it corrects, and then waited for its lock, counts', () => {
  const [record] = recordsOf(
    [fact(1, 'record', null, 9, { a: 'old' }), fact(2, 'annulment', 3, 8), fact(3, 'correction', 1, 7, { a: 'new' })],
    TODAY,
  )
  assert.deepEqual([record?.state, record?.head.content, record?.versions], ['annulled', { a: 'new' }, [1, 3, 2]])
})

test('M028 · a decision whose day is corrected counts from the day it was really made', () => {
  const facts = [fact(1, 'record', null, 1, {}, '2026-03-01'), fact(2, 'correction', 1, 2, {}, '2026-06-01')]
  assert.equal(recordsOf(facts, day('2026-04-01')).length, 0, 'it had not been made yet')
  assert.equal(recordsOf(facts, day('2026-06-01')).length, 1)
  const earlier = [fact(1, 'record', null, 1, {}, '2026-06-01'), fact(2, 'correction', 1, 2, {}, '2026-03-01')]
  assert.equal(recordsOf(earlier, day('2026-04-01')).length, 1, 'it had been made already')
})

test('M098 · the last class that an officer gave counts, and none once it is taken back', () => {
  const given = [fact(1, 'record', null, 1), fact(9, 'gravity', 1, 2, { gravity: 'minor' })]
  assert.equal(recordsOf(given, TODAY)[0]?.gravity?.gravity, 'minor')
  const back = [...given, fact(8, 'gravity', 9, 3)]
  assert.equal(recordsOf(back, TODAY)[0]?.gravity, null)
  assert.equal(recordsOf([...back, fact(7, 'gravity', 1, 4, { gravity: 'serious' })], TODAY)[0]?.gravity?.gravity, 'serious')
})

test('M098 · a class is about the version that it names; taken back, the answer before it counts, whatever came between', () => {
  const facts = [
    fact(1, 'record', null, 1, { fine: '1' }),
    fact(2, 'gravity', 1, 2, { gravity: 'minor' }),
    fact(3, 'correction', 1, 3, { fine: '2' }),
    fact(4, 'gravity', 3, 4, { gravity: 'serious' }),
  ]
  const given = (more: readonly Fact[] = []): unknown[] => {
    const one = recordsOf([...facts, ...more], TODAY)[0]?.gravity
    return [one?.gravity, one?.on.content['fine']]
  }
  assert.deepEqual(given(), ['serious', '2'])
  assert.deepEqual(given([fact(5, 'gravity', 2, 5)]), ['serious', '2'], 'the earlier answer taken back')
  assert.deepEqual(given([fact(5, 'gravity', 4, 5)]), ['minor', '1'], 'the later one taken back')
  assert.deepEqual(given([fact(5, 'gravity', 4, 5), fact(6, 'gravity', 2, 6)]), [undefined, undefined])
})

test('M078 · the order in which facts are read does not change what they amount to', () => {
  const chain = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(chain, fc.infiniteStream(fc.integer()), (texts, order) => {
      const facts = texts.map((text, i) =>
        fact(100 + i, i === 0 ? 'record' : 'correction', i === 0 ? null : 99 + i, i, { text: String(text) }),
      )
      const shuffled = facts.map(one => ({ one, by: order.next().value as number })).sort((a, b) => a.by - b.by)
      assert.deepEqual(
        recordsOf(
          shuffled.map(({ one }) => one),
          TODAY,
        ),
        recordsOf(facts, TODAY),
      )
      assert.equal(recordsOf(facts, TODAY)[0]?.head.content.text, String(texts.at(-1)))
    }),
  )
})
