import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ANYONE, may, PERMISSIONS, permissionsFor, SYSTEM, seesAllUnits } from './actor.ts'
import { exampleRoles } from './testing.ts'

const law = exampleRoles()

test('M458 · the program and law/access/roles.yaml know the same permissions, in the same order', () => {
  assert.deepEqual([...law.permissions.keys()], [...PERMISSIONS])
})

test('roles held together may do what each may do; a role that is gone gives nothing', () => {
  assert.deepEqual(permissionsFor(law, ['window-officer', 'clerk', 'gone']), [
    'law.read',
    'department.read',
    'template.read',
    'delivery.send',
    'delivery.read',
    'check.make',
    'measure.answer',
    'report.issue',
    'receiver.confirm',
    'authorisation.request',
    'archive.read-authorised',
    'rights.answer',
    'notice.read',
    'notice.serve',
    'subject.bind',
    'subject.bind-confirm',
    'subject.reset',
    'subject.reset-confirm',
  ])
  assert.deepEqual(permissionsFor(law, []), [])
})

test('M458 · no administrator may do anything with a record; the auditor alone reads the register', () => {
  for (const role of law.roles.values()) {
    const kinds = new Set(role.permissions.map(id => law.permissions.get(id)?.kind))
    if (role.administrator !== null) assert.ok(!kinds.has('records') && !kinds.has('own'), role.id)
    assert.equal(role.permissions.includes('look.audit'), role.id === 'auditor', role.id)
  }
})

test('only the credit office and the platform’s clock see the deliveries of all units', () => {
  const holding = (role: string) => ({ ...ANYONE, id: 'account:1', permissions: permissionsFor(law, [role]) })
  assert.deepEqual(
    [...law.roles.keys()].filter(role => seesAllUnits(holding(role))),
    ['credit-office'],
  )
  assert.ok(seesAllUnits(SYSTEM) && !seesAllUnits(ANYONE))
  assert.ok(!may(ANYONE, 'law.read'))
})
