import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { dictionary } from '@zxcvbn-ts/language-common'
import fc from 'fast-check'
import { checkBreachedFile, isBreached } from './listed-passwords.ts'
import { checkPassword, LEAST_PASSWORD } from './password.ts'

let dir = ''
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mingxin-passwords-'))
})
after(() => rm(dir, { recursive: true }))

const digestOf = (password: string): string => createHash('sha1').update(password).digest('hex').toUpperCase()
const fileOf = async (name: string, lines: readonly string[], end = '\n'): Promise<string> => {
  const path = join(dir, name)
  await writeFile(path, lines.map(line => `${line}${end}`).join(''))
  return path
}

test('ASVS 6.2.4 · of the 49,000 most used passwords none that is long enough is taken, as it is or with digits added', async () => {
  const long = dictionary['passwords-common'].map(String).filter(one => one.length >= LEAST_PASSWORD)
  assert.ok(long.length > 1500, `${long.length} have the length`)
  const owner = { isStaff: false, known: [], breachedFile: null }
  for (const one of long) {
    assert.equal((await checkPassword(one, owner)).ok, false, one)
    assert.equal((await checkPassword(`${one.toUpperCase()}`, owner)).ok, false, one)
  }
  const words = dictionary['passwords-common'].map(String).filter(one => /^[a-z]{6,}$/.test(one))
  for (const one of words.slice(0, 5000)) assert.equal((await checkPassword(`${one}!2026`, owner)).ok, false, `${one}!2026`)
})

test('ASVS 6.2.12 · in a file of breached passwords each is found and no other, wherever it stands and however its lines end', async () => {
  let no = 0
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 60 }),
      fc.uniqueArray(fc.string({ minLength: 21, maxLength: 30 }), { maxLength: 10 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      async (listed, others, end, counted) => {
        const names = listed.map(one => one.normalize('NFC'))
        const lines = [...new Set(names.map(digestOf))]
          .sort()
          .map((digest, i) => (counted ? `${digest}:${10 ** (i % 9)}` : digest))
        no += 1
        const path = await fileOf(`breached-${no}`, lines, end)
        await checkBreachedFile(path)
        for (const one of names) assert.equal(await isBreached(one, path), true)
        for (const one of others) assert.equal(await isBreached(one, path), false)
      },
    ),
    { numRuns: 40, seed: 20_260_101 },
  )
})

test('ASVS 6.2.12 · a password of the city’s file is refused by a code of its own; the last line may lack its end', async () => {
  const own = 'lanze-yu-shan-he'
  const path = await fileOf('city', [...[digestOf(own), digestOf('another-word-of-nobody')].sort()])
  const owner = { isStaff: true, known: [], breachedFile: path }
  const verdict = await checkPassword(own, owner)
  assert.equal(verdict.ok ? 'fit' : verdict.code, 'account.password-breached')
  assert.equal((await checkPassword('lanze-yu-shan-hai', owner)).ok, true)
  const open = join(dir, 'open-end')
  await writeFile(open, digestOf(own))
  assert.equal(await isBreached(own, open), true)
})

for (const [what, lines, code] of [
  ['an empty one', [], 'start.breached-passwords'],
  ['one of words', ['password', '123456'], 'start.breached-passwords'],
  ['one out of order', [digestOf('b'), digestOf('a')].sort().reverse(), 'start.breached-passwords-order'],
  ['one in small letters', [digestOf('a').toLowerCase()], 'start.breached-passwords'],
] as const)
  test(`a file of breached passwords is looked at before the platform starts: ${what} is none`, async () => {
    await assert.rejects(checkBreachedFile(await fileOf(what, lines)), { code })
  })

test('a file that is not there stops the start', async () => {
  await assert.rejects(checkBreachedFile(join(dir, 'nowhere')), { code: 'ENOENT' })
})
