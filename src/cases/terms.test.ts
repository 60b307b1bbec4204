import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { day } from '../base/day.ts'
import { procedureOn } from '../law/law.ts'
import { openLaw } from '../law/load.ts'
import { spanOf } from './terms.ts'

const ROOT = join(import.meta.dirname, '../..')
const law = openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })

// How long a term is that depends on the case, by the table under which the case runs.

test('gbf-2019-35 · a case that goes on as it began counts by the numbers of its own table, not of the one in force today', () => {
  const today = day('2026-06-18')
  const now = procedureOn(law, 'rectification', today)
  assert.ok(now)
  const begun = { ...now, limits: now.limits.map(one => (one.limit === 'least-left' ? { ...one, value: 9 } : one)) }
  const facts = { law, today, filled: { until: '2026-06-18' }, aboutRef: null }
  const left = (more: object) => spanOf({ named: 'rectification-left' }, { ...facts, ...more })
  assert.deepEqual(left({ opened: { procedure: begun } }), { count: 9, unit: 'calendar' })
  assert.deepEqual(left({ opened: null }), { count: 5, unit: 'calendar' })
})
