import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadFiles } from './served-files.ts'

const PARTS = join(import.meta.dirname, 'assets/style')

test('the style sheet is one file of all its parts; it names the pointer by its address', () => {
  const files = loadFiles()
  const sheet = files.get('style.css')?.body.toString() ?? ''
  const parts = readdirSync(PARTS)
  assert.ok(parts.length > 10)
  const pointer = files.get('pointer.svg')?.path ?? '?'
  for (const part of parts) {
    const body = readFileSync(join(PARTS, part), 'utf8').replaceAll('pointer.svg', pointer)
    assert.equal(sheet.split(body).length, 2, `${part} stands in it once`)
  }
  assert.ok(sheet.includes(`url("${pointer}")`))
  assert.ok(sheet.startsWith('/* Tokens'), 'what the others are made of stands first')
})
