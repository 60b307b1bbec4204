import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, type Day, day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { ROOT } from '../base/root.ts'
import { disclose } from '../disclosure/disclose.ts'
import { AUDIENCES, type Audience } from '../disclosure/model.ts'
import { disclosedRecord } from '../disclosure/record.ts'
import { itemEdition } from '../law/law.ts'
import { loadLaw } from '../law/load.ts'
import { type Fact, type FactKind, STANDING_KINDS, type StandingKind } from './model.ts'
import { knownRecord } from './registrations.ts'
import { recordsOf } from './views.ts'

// What cases and a subject have said of a record, told in any order, asked on any two axes, against an oracle that knows nothing of facts.

const BEGIN = day('2026-06-01')
const LISTED: Day = day('2026-05-01')
const RECORD = 1 as FactId

/** A case that makes something of the record, or a statement, on a day; and, perhaps, its end some days later. */
const saying = fc.record({
  what: fc.constantFrom(...STANDING_KINDS, 'comment' as const),
  on: fc.nat(12),
  endsAfter: fc.option(fc.nat(8), { freq: 2 }),
})
type Saying = typeof saying extends fc.Arbitrary<infer T> ? T : never

const history = fc.record({
  sayings: fc.array(saying, { maxLength: 6 }),
  order: fc.array(fc.nat(1000), { minLength: 20, maxLength: 20 }),
  asOf: fc.nat(22),
  knownOn: fc.nat(22),
})

const noon = (n: number): Date => new Date(`${addDays(BEGIN, n)}T04:00:00Z`)

function fact(factId: number, kind: FactKind, replaces: number | null, n: number, content: Record<string, string>): Fact {
  const told = { item: 'serious-list-wage', edition: '', authority: '', receivedOn: addDays(BEGIN, n) }
  const ids = { subjectId: 1 as SubjectId, factId: factId as FactId, replaces: replaces as FactId | null }
  return { ...told, ...ids, kind, decidedOn: addDays(BEGIN, n), knownFrom: noon(n), content }
}

function factsOf(sayings: readonly Saying[], edition: string, item: string): Fact[] {
  const first = { ...fact(RECORD, 'record', null, -10, {}), decidedOn: LISTED, item, edition, authority: 'human-resources' }
  return [
    first,
    ...sayings.flatMap(({ what, on, endsAfter }, i) => {
      const [id, endId] = [100 + 2 * i, 101 + 2 * i]
      const kind = what === 'comment' ? 'comment' : 'standing'
      const content = kind === 'comment' ? { text: `说明${i}` } : { kind: what, case: String(i), basis: 'ndrc-36' }
      const begun = fact(id, kind, RECORD, on, content as Record<string, string>)
      return endsAfter === null ? [begun] : [begun, fact(endId, `${kind}-end`, id, on + endsAfter, {})]
    }),
  ]
}

/** What is true of the record on a day by what is known on another: worked out from the sayings alone. */
function truth(sayings: readonly Saying[], asOf: number, knownOn: number) {
  const holds = ({ what, on, endsAfter }: Saying): boolean => {
    if (on > knownOn) return false
    const end = endsAfter === null || on + endsAfter > knownOn ? Number.POSITIVE_INFINITY : on + endsAfter
    return what === 'annulled' ? end === Number.POSITIVE_INFINITY : on <= asOf && asOf < end
  }
  const held = sayings.filter(holds)
  const has = (kind: StandingKind): boolean => held.some(one => one.what === kind)
  const taking = (['annulled', 'removed', 'repaired', 'suspended'] as const).find(has) ?? null
  return { taking, contested: has('contested'), commented: held.some(one => one.what === 'comment') }
}

const WHOLE: ReadonlySet<Audience> = new Set(['subject', 'archive'])
const { law } = loadLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
const item = [...law.itemEditions.values()].find(
  one => one.list !== undefined && one.report.violation && one.publication.rule !== 'never',
)

test('principle 3 · for each audience a record is, on both axes, what cases and its subject have made of it', () => {
  assert.ok(item)
  const edition = itemEdition(law, `${item.item}@${item.inForceFrom}`)
  assert.ok(edition)
  let taken = 0
  fc.assert(
    fc.property(history, ({ sayings, order, asOf, knownOn }) => {
      const known = factsOf(sayings, edition.inForceFrom, edition.item).filter(one => one.knownFrom <= noon(knownOn))
      const shuffled = known.map((one, i) => ({ one, at: order[i] ?? i })).sort((a, b) => a.at - b.at)
      const on = addDays(BEGIN, asOf)
      const [record, ...others] = recordsOf(
        shuffled.map(({ one }) => one),
        on,
      )
      assert.ok(record && others.length === 0)
      const { taking, contested, commented } = truth(sayings, asOf, knownOn)
      assert.deepEqual([record.state, record.contested, record.comment !== null], [taking ?? 'standing', contested, commented])
      assert.deepEqual(record.versions, [RECORD], 'what is told is no version')
      if (taking) taken += 1
      const window = { from: addDays(LISTED, -100), to: on }
      const context = { day: on, purpose: '核查', authorised: true, granted: new Set([edition.item]), window }
      for (const audience of AUDIENCES) {
        const answer = disclose(law, disclosedRecord(law, edition, 'enterprise', knownRecord(record)), audience, context)
        assert.equal(answer.shown, taking === null || WHOLE.has(audience), `${audience}: ${taking}`)
        if (!answer.shown) continue
        assert.equal(answer.marks.includes('contested'), contested, audience)
        assert.equal(answer.marks.includes('commented') && answer.comment !== null, commented, audience)
        if (taking) assert.ok(answer.marks.includes(taking), audience)
      }
    }),
    { numRuns: 400 },
  )
  assert.ok(taken > 50, 'records were taken away')
})
