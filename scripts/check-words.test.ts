import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadWords } from '../src/words/words.ts'
import { missingSentences, unusedSentences } from './check-words.ts'
import { readSource } from './house/source.ts'
import { FAMILIES, missingOfFamilies } from './word-families.ts'

const source = readSource(
  'src/repair/decide.ts',
  `throw new Refusal('repair.too-early')
   const verdict = refused('repair.not-yours', null)
   const fault = { code: 'repair.unread' }
   const text = words.say('repair.said') + say(\`state.\${state}\`)
   const permission = may('repair.approve')`,
)

test('a code that is said without a sentence is told with its place; a permission is no code', () => {
  const missing = missingSentences([source], code => code === 'repair.said')
  assert.deepEqual(
    missing.map(({ code, line }) => `${line} ${code}`),
    ['1 repair.too-early', '2 repair.not-yours', '3 repair.unread'],
  )
})

test('a sentence is used when its code stands whole, with blanks, or in another file', () => {
  const codes = ['repair.said', 'state.open', 'law.named', 'repair.forgotten']
  assert.deepEqual(unusedSentences([source], codes, 'code: law.named'), ['repair.forgotten'])
})

test('every word of the closed lists of procedures has its sentence; one that has none is told', () => {
  const { has } = loadWords()
  assert.deepEqual(missingOfFamilies(FAMILIES, has), [])
  const forgets = (code: string): boolean => code !== 'case.effect-file-breach' && has(code)
  assert.deepEqual(missingOfFamilies(FAMILIES, forgets), ['case.effect-file-breach'])
})
