import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { ROOT } from '../../src/base/root.ts'
import type { Law } from '../../src/law/law.ts'
import type { Words } from '../../src/words/words.ts'
import { DRAWS, stampOf } from './stamp.ts'

/** Every file whose code runs when the file does. Types are gone by then. */
function runBy(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found
  found.add(file)
  const text = readFileSync(file, 'utf8')
  for (const [, taken = '', from = ''] of text.matchAll(/^(?:import|export) (?!type )([^'";]*?)(?: from )?'(\.[^']+)'/gm)) {
    const areTypes = /^\{(?:\s*type \w+(?: as \w+)?,?)+\s*\}$/.test(taken)
    if (!areTypes) runBy(join(dirname(file), from), found)
  }
  return found
}

test('M094 · whatever runs when a page is drawn is in its stamp, so that a page of another program is not sent', () => {
  const files = [...runBy(join(ROOT, 'web/portal/pages/subject.ts'))].map(file => relative(ROOT, file))
  assert.ok(files.includes('web/portal/kit/record-card.ts') && files.includes('src/law/law.ts'), files.join(' '))
  assert.deepEqual(
    files.filter(file => !DRAWS.some(folder => file.startsWith(`${folder}/`))),
    [],
  )
})

test('M094 · a page of another law or of other words has another stamp', () => {
  const law = (digest: string): Law => ({ digest }) as Law
  const words = (sentence: string): Words => ({ all: new Map([['portal.kind', sentence]]) }) as unknown as Words
  const stamps = [stampOf(law('a'), words('类别')), stampOf(law('a'), words('种类')), stampOf(law('b'), words('类别'))]
  assert.equal(new Set(stamps).size, 3)
  assert.equal(stampOf(law('a'), words('类别')), stamps[0])
})
