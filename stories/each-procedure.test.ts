import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { ROOT } from '../src/base/root.ts'
import { openLaw } from '../src/law/load.ts'

/* Every procedure of the law is told at least twice over HTTP with the clock moved: once it ends well for the subject, once it does not. */

type Told = { readonly well: string; readonly ill: string }

const TOLD: Readonly<Record<string, Told>> = {
  commitment: { well: 'a-commitment-is-kept', ill: 'a-commitment-is-broken-and-heard' },
  declaration: { well: 'a-firm-declares-and-is-verified', ill: 'a-declaration-is-found-untrue' },
  'exit-revocation': { well: 'an-early-exit-stands', ill: 'an-early-exit-is-revoked' },
  interview: { well: 'a-firm-explains-and-the-interview-is-cancelled', ill: 'a-firm-misses-its-interview' },
  listing: { well: 'a-firm-is-heard-and-not-listed', ill: 'a-firm-is-listed-and-leaves' },
  measure: { well: 'a-measure-ends-with-its-listing', ill: 'a-measure-runs-to-its-term' },
  objection: { well: 'a-firm-objects-and-the-record-goes', ill: 'an-objection-is-refused-and-reviewed' },
  rectification: { well: 'a-firm-rectifies-in-time', ill: 'an-overdue-order-leads-to-an-interview' },
  repair: { well: 'a-firm-repairs-its-record', ill: 'a-repair-is-refused' },
  'repair-revocation': { well: 'a-revocation-is-answered', ill: 'a-repair-is-revoked' },
}

const law = openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })

test('principle 7 · every procedure of the law has two stories, each with its page in the manual that moves the clock', () => {
  assert.deepEqual(Object.keys(TOLD).sort(), [...law.procedures.keys()].sort())
  for (const [procedure, { well, ill }] of Object.entries(TOLD))
    for (const story of [well, ill]) {
      assert.ok(existsSync(join(import.meta.dirname, `${story}.story.ts`)), `${procedure}: ${story}`)
      const page = readFileSync(join(ROOT, 'docs/stories', `${story}.md`), 'utf8')
      assert.ok((page.match(/^## \d{4}-\d{2}-\d{2}$/gm) ?? []).length >= 2, `${story} moves the clock`)
    }
})
