import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareNames } from './compare-names.ts'
import { jaro, jaroWinkler, levenshtein } from './similar.ts'

function slowDistance(a: string[], b: string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, one] of a.entries()) {
    const next = [i + 1]
    for (const [j, other] of b.entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (one === other ? 0 : 1)))
    }
    row = next
  }
  return row[b.length] ?? 0
}

test('edit distance · the bit-parallel way agrees with the table, short and long, rare characters counted once', () => {
  const sign = fc.constantFrom(...'甲乙丙丁ab𠮷𠀋')
  const text = fc.oneof(fc.string({ unit: sign, maxLength: 8 }), fc.string({ unit: sign, minLength: 28, maxLength: 45 }))
  fc.assert(
    fc.property(text, text, (a, b) => assert.equal(levenshtein(a, b), slowDistance([...a], [...b]))),
    { numRuns: 400 },
  )
})

test('Jaro–Winkler · the textbook pairs, symmetry and bounds', () => {
  assert.equal(jaroWinkler('MARTHA', 'MARHTA').toFixed(4), '0.9611')
  assert.equal(jaroWinkler('DWAYNE', 'DUANE').toFixed(4), '0.8400')
  assert.equal(jaroWinkler('DIXON', 'DICKSONX').toFixed(4), '0.8133')
  assert.equal(jaro('', '甲'), 0)
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (a, b) => {
      const one = jaro(a, b)
      assert.ok(one >= 0 && one <= 1)
      assert.ok(Math.abs(one - jaro(b, a)) < 1e-12)
    }),
  )
})

function marked(text: string, ranges: readonly (readonly [number, number])[]): string[] {
  return ranges.map(([from, to]) => text.slice(from, to))
}

test('matching · what agrees and what differs is told part by part and marked in the names as written', () => {
  const [a, b] = ['盐城市青禾食品有限公司', '盐城市青和食品有限公司']
  const told = compareNames(a, b)
  assert.ok(!told.sameKey && told.order > 0.8 && told.order < 1)
  assert.deepEqual(told.differs, ['name.brand-differs', 'name.one-character-differs'])
  assert.ok(['name.division-agrees', 'name.trade-agrees', 'name.form-agrees'].every(code => told.agrees.includes(code)))
  assert.deepEqual([marked(a, told.ranges.first), marked(b, told.ranges.second)], [['禾'], ['和']])
})

test('matching · other spellings of one name show no difference', () => {
  const told = compareNames('盐城市青禾食品（集團）有限公司', ' 盐城市青禾食品(集团)有限公司')
  assert.ok(told.sameKey)
  assert.equal(told.order, 1)
  assert.deepEqual([told.ranges.first, told.ranges.second, told.differs], [[], [], []])
})

test('matching · a shorter form of the division is told apart from another division', () => {
  assert.ok(compareNames('盐城青禾食品有限公司', '盐城市青禾食品有限公司').differs.includes('name.division-shorter'))
  assert.ok(compareNames('盐城青禾食品有限公司', '南京青禾食品有限公司').differs.includes('name.division-differs'))
})

test('matching · a branch is never as near to its parent as the parent to itself', () => {
  const parent = '盐城市青禾食品有限公司'
  const told = compareNames(parent, `${parent}东门分公司`)
  assert.ok(told.differs.includes('name.branch-differs'))
  assert.ok(told.order < 1)
  assert.deepEqual(marked(`${parent}东门分公司`, told.ranges.second), ['东门分公司'])
})
