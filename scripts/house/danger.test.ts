import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { dangersIn } from './danger.ts'
import { filesUnder } from './source.ts'

const ROOT = join(import.meta.dirname, '../..')
/** Of no use to a person who sends something: data of the example city, what measures, what tests. */
const APART = /\.(?:test|story|long)\.tsx?$|\/testing[\w-]*\.ts$|^src\/(?:bench|demo|invariants)\//
/** What stands with its reason. One that is no longer found goes from here. */
const WITH_REASON: Readonly<Record<string, string>> = {
  'src/access/listed-passwords.ts createHash(sha1) is broken':
    'the lists of breached passwords that are handed round have this digest of each; it is compared and never kept',
}

for (const [name, code] of [
  ['text that is run', "eval('1')"],
  ['text made a function', "new Function('return 1')()"],
  ['text run after a while', "setTimeout('go()', 1)"],
  ['a context of its own for text', "import { runInNewContext } from 'node:vm'"],
  ['a shell', "import { exec } from 'node:child_process'"],
  ['a program started through a shell', "spawn('ls', [name], { shell: true })"],
  ['a program started through a shell, by a variable', "spawn('ls', [name], { shell: isWindows })"],
  ['markup from text', 'element.innerHTML = text'],
  ['markup from text in React', 'const a = <p dangerouslySetInnerHTML={{ __html: text }} />'],
  ['a page written anew', 'document.write(text)'],
  ['a random number that can be guessed', 'const token = Math.random()'],
  ['a broken hash', "createHash('md5')"],
  ['a broken hash by its short name', "hash('sha1', text)"],
  ['any certificate', 'connect({ rejectUnauthorized: false })'],
  ['what is no HTTP', 'Fastify({ http: { insecureHTTPParser: true } })'],
  ['a prototype', 'target.__proto__ = source'],
] as const)
  test(`ASVS 1.3.2 · the house notices ${name}`, () => {
    assert.equal(dangersIn('src/a.tsx', code).length > 0, true)
  })

for (const code of [
  '// eval(text)',
  "const said = 'new Function, innerHTML'",
  '/a/.exec(text)',
  "execFile('ls', [name])",
  "hash('sha256', text)",
  'setTimeout(go, 1)',
  'stream.write(text)',
  'Fastify({ http: { insecureHTTPParser: false } })',
])
  test(`the house allows ${code}`, () => {
    assert.deepEqual(dangersIn('src/a.tsx', code), [])
  })

test('ASVS 1.2.5 · 1.3.2 · 3.2.2 · 11.4.1 · 11.5.1 · 12.3.2 · no program of the platform runs text, hands it to a shell or to markup, guesses or trusts blindly', () => {
  const files = filesUnder(ROOT, ['src', 'web'], /\.(?:tsx?|js)$/).filter(file => !APART.test(file))
  assert.ok(files.length > 500, `${files.length} files`)
  const found = files.flatMap(file =>
    dangersIn(file, readFileSync(join(ROOT, file), 'utf8')).map(({ line, what, why }) => ({
      line,
      told: `${file} ${what} ${why}`,
    })),
  )
  assert.deepEqual(
    found.filter(({ told }) => !WITH_REASON[told]),
    [],
  )
  const seen = found.map(({ told }) => told)
  assert.deepEqual(
    Object.keys(WITH_REASON).filter(told => !seen.includes(told)),
    [],
  )
})
