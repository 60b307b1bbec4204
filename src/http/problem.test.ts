import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { NotAllowed, Refusal } from '../base/refusal.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { problemOf } from './problem.ts'

let platform: TestApp

before(async () => {
  platform = await openTestApp()
})
after(async () => {
  await platform.close()
})

test('PIPL 15 · a refusal cites its article as a person reads it', () => {
  const { words } = platform.app
  const { title, basis } = problemOf(new Refusal('authorisation.revoked', 'pipl#15', { at: '2026-11-20 12:00:00' }, 403), words)
  assert.equal(basis, 'pipl#15')
  assert.match(title, /2026-11-20 12:00:00.*依据：《中华人民共和国个人信息保护法》.*第十五条。$/)
})

test('whoever lacks a permission is told its name; a program reads its id among the facts', () => {
  const { words } = platform.app
  const refused = Object.assign(new NotAllowed('access.not-allowed'), { message: 'authorisation.grant' })
  const { title, facts } = problemOf(refused, words)
  assert.match(title, /同意、拒绝、撤回授权/)
  assert.doesNotMatch(title, /[a-z]/)
  assert.deepEqual(facts, { permission: 'authorisation.grant' })
})

test('no permission that a door asks for is without a name', () => {
  const { law, words } = platform.app
  for (const id of law.permissions.keys()) assert.notEqual(words.names.permission(id), id)
})
