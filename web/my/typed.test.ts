import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accountPath } from './typed.ts'

for (const [asked, led] of [
  ['/my', '/my'],
  ['/my/looks', '/my/looks'],
  ['/my?out=1', '/my?out=1'],
  ['/my/reports/special?purpose=%E6%8A%95%E6%A0%87&years=3', '/my/reports/special?purpose=%E6%8A%95%E6%A0%87&years=3'],
  ['/my/reports/./special', '/my/reports/special'],
  ['', '/my'],
  ['/mystery', '/my'],
  ['//elsewhere.example/my', '/my'],
  ['https://elsewhere.example/my', '/my'],
  ['/my/sign-in', '/my'],
  ['/my/../my/sign-out', '/my'],
  ['/my/..//elsewhere.example', '/my'],
  ['/my/%2e%2e/view?set=large', '/my'],
  ['/my\\..\\..\\view', '/my'],
  ['/my/\\..\\view', '/my/view'],
  ['/my/looks\r\nset-cookie: a=b', '/my/looksset-cookie:%20a=b'],
] as const)
  test(`after signing in, ${JSON.stringify(asked)} leads to ${led}`, () => {
    assert.equal(accountPath(asked), led)
  })
