import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownPath } from './own-path.ts'

for (const [door, path, to] of [
  ['subjects', '/my/looks?before=2', '/my/looks?before=2'],
  ['subjects', '/my', '/my'],
  ['subjects', '/console', '/my'],
  ['subjects', '/mystery', '/my'],
  ['subjects', '/my/../console', '/my'],
  ['subjects', '/my/sign-out', '/my'],
  ['subjects', '//elsewhere.invalid/my', '/my'],
  ['subjects', 'https://elsewhere.invalid/my', '/my'],
  ['subjects', '/my\\@elsewhere.invalid', '/my/@elsewhere.invalid'],
  ['subjects', '/my\r\nrefresh: 0', '/my'],
  ['subjects', `/my/${'x'.repeat(2000)}`, '/my'],
  ['subjects', '', '/my'],
  ['staff', '/console/subjects/7', '/console/subjects/7'],
  ['staff', '/console/sign-in', '/console'],
  ['staff', '/my/looks', '/console'],
  ['staff', 'javascript:alert(1)', '/console'],
] as const)
  test(`M458 · whoever signs in at the door of ${door} with ${JSON.stringify(path).slice(0, 40)} is led to ${to}, never to another site`, () => {
    assert.equal(ownPath(door, path), to)
  })
