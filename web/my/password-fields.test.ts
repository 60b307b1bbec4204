import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { filesUnder } from '../../scripts/house/source.ts'
import { LONGEST_PASSWORD } from '../../src/access/password.ts'
import type { SubjectId } from '../../src/base/id.ts'
import { openPerson, type Person } from '../../src/factors/testing.ts'
import { openApiDoor } from '../../src/platform/api-door.ts'
import { openTestSubjects } from '../../src/reports/archive-testing.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { openTestApp, TEST_NOW, type TestApp } from '../../src/testing-app.ts'

let t: TestApp
let http: FastifyInstance
let person: Person

before(async () => {
  t = await openTestApp()
  http = await openApiDoor(t.app)
  const [firm] = await openTestSubjects(t.app, [{ name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 8) }])
  person = await openPerson(t, http, ['subject'], { subjectId: firm as SubjectId })
  await person.signIn()
})
after(async () => {
  await http.close()
  await t.close()
})

const attribute = (input: string, name: string): string | null => new RegExp(`\\b${name}="([^"]*)"`).exec(input)?.[1] ?? null

for (const [path, fields] of [
  ['/signin', { login: 'username', password: 'current-password' }],
  ['/signin/first', { login: 'username', new: 'new-password', 'new-again': 'new-password' }],
  ['/signin/reset', { login: 'username', new: 'new-password', 'new-again': 'new-password' }],
  ['/my/activate', { login: 'username', password: 'new-password', again: 'new-password' }],
  ['/my/security/password', { old: 'current-password', new: 'new-password', 'new-again': 'new-password' }],
  ['/my/security', { password: 'current-password' }],
] as const)
  test(`ASVS 6.2.6 · 6.2.7 · 6.2.9 · the fields of ${path} hide what is typed, tell password managers what they are, and take a long one`, async () => {
    // Who is asked again who he is has been away for a while.
    if (path === '/my/security') t.setNow(new Date(TEST_NOW.getTime() + 11 * 60_000))
    const { body: page } = path.startsWith('/my/security') ? await person.ask('GET', path) : await http.inject({ url: path })
    for (const [name, complete] of Object.entries(fields)) {
      const input = [...page.matchAll(/<input\b[^>]*>/g)].map(([text]) => text).find(text => attribute(text, 'name') === name)
      assert.ok(input, `${path} has no field ${name}`)
      assert.equal(attribute(input, 'autocomplete'), complete)
      assert.doesNotMatch(input, /\bon\w+=|readonly|disabled/)
      if (complete === 'username') continue
      assert.equal(attribute(input, 'type'), 'password')
      assert.ok(Number(attribute(input, 'maxlength')) >= LONGEST_PASSWORD, String(attribute(input, 'maxlength')))
      assert.equal(attribute(input, 'value'), '')
    }
  })

test('ASVS 6.2.6 · 6.2.7 · the console’s fields do so too, and no page of any kind listens to pasting', () => {
  const root = join(import.meta.dirname, '../..')
  const form = readFileSync(join(root, 'web/console/sign-in/SignInForm.tsx'), 'utf8')
  assert.match(form, /<Input\.Password [^>]*autoComplete="current-password" maxLength=\{200\}/)
  assert.match(form, /<Input [^>]*autoComplete="username"/)
  for (const file of filesUnder(root, ['web'], /\.(?:tsx?|js)$/).filter(one => !/\.test\./.test(one))) {
    const text = readFileSync(join(root, file), 'utf8')
    for (const [field] of text.matchAll(/<Input\.Password\b[^>]*>/g)) assert.doesNotMatch(field, /onPaste|onCopy|readOnly/, file)
    if (/password/i.test(file)) assert.doesNotMatch(text, /onPaste|addEventListener\('paste'/, file)
  }
})

test('ASVS 6.4.2 · 6.2.10 · nobody is asked for a hint, a question, or a new password because the old one is old', () => {
  const root = join(import.meta.dirname, '../..')
  for (const file of filesUnder(root, ['src', 'web'], /\.(?:tsx?|sql)$/).filter(one => !/\.test\./.test(one))) {
    const text = readFileSync(join(root, file), 'utf8')
    assert.doesNotMatch(text, /password_?hint|security_?question|secret_?question|password_?expires|passwordExpires/i, file)
  }
})
