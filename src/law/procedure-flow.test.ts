import assert from 'node:assert/strict'
import { test } from 'node:test'
import { after, type Standing } from './procedure-flow.ts'
import { procedureFile } from './procedure-model.ts'

const act = procedureFile.shape.acts.element.parse({
  ...{ act: 'any', name: '某步', does: '某步。', from: ['lodged'], to: 'lodged', by: ['decider'] },
  ...{ basis: ['rule#1'], confidence: 'primary' },
})
const before: Standing = {
  clocks: new Set(['answer', 'supplement']),
  sure: new Set(['answer', 'supplement']),
  paused: new Set(['answer', 'supplement']),
  marks: new Set(['contested', 'suspended']),
  letters: new Set(),
}
const clocks = { start: [], stop: [], suspend: [], resume: [], extend: [] }

test('M263 · a record that is repaired for good bears no suspension any more; the mark of an objection is ended by itself', () => {
  assert.deepEqual([...after({ ...act, effects: ['repair-record'] }, before).marks], ['contested'])
  assert.deepEqual([...after({ ...act, effects: ['end-contested'] }, before).marks], ['suspended'])
})

test('M260 · a clock that stops or starts anew stands still no longer', () => {
  const left = after({ ...act, clocks: { ...clocks, stop: ['answer'], start: ['supplement'] } }, before)
  assert.deepEqual([...left.paused], [])
  assert.deepEqual([...left.clocks], ['supplement'])
})

test('M260 · a letter to another than the subject was not sent to the subject', () => {
  const notices = [{ template: 'asking', to: 'decider' as const, fill: {} }]
  assert.deepEqual([...after({ ...act, notices }, before).letters], [])
})
