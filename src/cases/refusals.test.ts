import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadWords } from '../words/words.ts'

// Every refusal of a case that rests on a rule says the rule: read from the code that refuses, so that a new one cannot be forgotten.

const HERE = import.meta.dirname
/** `refused('case.closed', basis`, `new Refusal('case.already-open', made.procedure.basis[0] ?? null`: a code, and what it rests on. */
const REFUSED = /(?:refused|new Refusal)\(\s*'([a-z-]+\.[a-z-]+)',\s*([^,)]+)/g

const refusals = readdirSync(HERE)
  .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .flatMap(name =>
    [...readFileSync(join(HERE, name), 'utf8').matchAll(REFUSED)].map(([, code = '', basis = '']) => ({ name, code, basis })),
  )

test('done-point 7 · the code of cases is read: its refusals are found', () => {
  const codes = new Set(refusals.map(one => one.code))
  for (const code of ['case.closed', 'case.already-open', 'repair.display-period-not-over', 'paper.media'])
    assert.ok(codes.has(code), code)
  assert.ok(refusals.length > 30, String(refusals.length))
})

test('done-point 7 · every refusal that rests on a rule is a Chinese sentence with its article', () => {
  const words = loadWords()
  const without = refusals
    .filter(({ basis }) => basis.trim() !== 'null')
    .filter(({ code }) => !words.say(code, { article: '《条文》' }).includes('《条文》'))
    .map(({ name, code }) => `${name}: ${code}`)
  assert.deepEqual([...new Set(without)], [])
})
