import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { day } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { API, bound } from '../http/serve.ts'
import { openTestSubjects } from '../reports/archive-testing.ts'
import { inventedResidentId, inventedUscc } from '../subject/invented.ts'
import { openTestApp, type TestApp } from '../testing-app.ts'
import { type Caller, type Doors, openDoors } from './doors.ts'
import { Outside } from './testing.ts'

// Principle 2, at every contract: whatever a door takes as text, an ID number in it is kept in no table and told back by no problem.

const SECRET = inventedResidentId(77, day('1979-11-05'))
const POISON = `我的身份证号码是${SECRET}`
let t: TestApp
let doors: Doors
let outside: Outside
let firm: SubjectId
/** What the door wrote down. */
const lines: string[] = []

before(async () => {
  t = await openTestApp()
  doors = await openDoors(t, { write: line => void lines.push(line) })
  outside = await Outside.open(t)
  const subjects = [{ name: '澜川云麓食品有限公司', uscc: inventedUscc('enterprise', 8) }]
  firm = (await openTestSubjects(t.worker, subjects))[0] as SubjectId
})
after(async () => {
  await outside.close()
  await doors.close()
  await t.close()
})

/** Signed in anew for every door: some of them sign out, close or forget. */
const ROLES = [
  ['credit-office', 'credit-office'],
  ['approval', 'window-officer'],
  ['self', 'subject'],
  ['credit-office', 'system-administrator'],
  ['credit-office', 'security-administrator'],
  ['audit-office', 'auditor'],
] as const
const signIn = ([unit, role]: (typeof ROLES)[number]): Promise<Caller> =>
  role === 'subject' ? doors.signIn(unit, [role], firm) : doors.signIn(unit, [role])

type Schema = {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly pattern?: string
  readonly format?: string
}

/** A value that the shape takes, with the poison in every free text of it. */
function poisoned(schema: Schema, poison: string): unknown {
  const [either] = schema.anyOf ?? schema.oneOf ?? []
  if (either) return poisoned(either, poison)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.properties)
    return Object.fromEntries(Object.entries(schema.properties).map(([key, inner]) => [key, poisoned(inner, poison)]))
  if (schema.type === 'array') return schema.items ? [poisoned(schema.items, poison)] : []
  if (schema.type === 'integer' || schema.type === 'number') return Number(firm)
  if (schema.type === 'boolean') return true
  if (schema.format === 'date') return '2026-12-01'
  return schema.type === 'string' ? poison : null
}

const shapeOf = (type: z.ZodType): Schema => z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema

type Answered = { readonly door: string; readonly status: number; readonly body: string; readonly isFilled: boolean }

/** What every door answers every role that sends the poison in all its texts. `isFilled`: a text of it was sent at all. */
async function* sentEverywhere(poison: string): AsyncGenerator<Answered> {
  for (const door of bound) {
    const params = poisoned(shapeOf(door.params), poison) as Record<string, unknown>
    const path = door.path.replaceAll(/:([a-zA-Z]+)/g, (_, name: string) =>
      typeof params[name] === 'number' ? String(params[name]) : String(firm),
    )
    const payload = door.body === 'json' && door.method !== 'GET' ? (poisoned(shapeOf(door.input), poison) as object) : undefined
    const asked = Object.entries((poisoned(shapeOf(door.query), poison) ?? {}) as Record<string, unknown>)
    const query = new URLSearchParams(Object.fromEntries(asked.map(([key, value]) => [key, String(value)])))
    for (const role of ROLES) {
      const answer = await doors.ask('api', await signIn(role), {
        method: door.method,
        url: `${API}${path}${query.size > 0 ? `?${query}` : ''}`,
        ...(payload === undefined ? {} : { payload, headers: { 'content-type': 'application/json' } }),
      })
      const isFilled = JSON.stringify([payload ?? null, asked]).includes(poison)
      yield { door: `${door.method} ${door.path}`, status: answer.statusCode, body: answer.body, isFilled }
    }
  }
}

test('principle 2 · every door with a text was sent an ID number in it by every role: no table holds it, no answer repeats it', async () => {
  let sent = 0
  const repeats = new Set<string>()
  for await (const { door, status, body } of sentEverywhere(POISON)) {
    sent += 1
    if (body.includes(SECRET)) repeats.add(`${door} ${status}`)
  }
  assert.ok(sent > bound.length)
  assert.deepEqual([...repeats], [], 'said again')
  assert.deepEqual(await outside.holding(SECRET), [])
})

/** One of each kind that may never be collected, in the fewest words, for some doors take few. */
const NEVER = ['宗教信仰：某教', '基因信息：某型', '指纹编号：37', '血型为AB型', '被诊断为肝炎'] as const

for (const poison of NEVER)
  test(`principle 2 · PIPL 28 · “${poison}” in every text of every door: refused by a door that takes it, in no table, in no answer, in no log line`, async () => {
    const logged = lines.length
    const [taken, repeats] = [new Set<string>(), new Set<string>()]
    let refused = 0
    for await (const { door, status, body, isFilled } of sentEverywhere(poison)) {
      if (isFilled && status < 300) taken.add(door)
      if (body.includes(poison)) repeats.add(`${door} ${status}`)
      if (status === 422 && body.includes('"text.prohibited"')) refused += 1
    }
    assert.ok(refused > 20, `${refused}`)
    assert.deepEqual([...taken], [], 'taken in')
    assert.deepEqual([...repeats], [], 'said again')
    assert.deepEqual(await outside.holding(poison), [])
    assert.ok(lines.length > logged, 'the door writes its refusals down')
    assert.ok(!lines.slice(logged).some(line => line.includes(poison) || line.includes(encodeURIComponent(poison))))
  })

test('principle 2 · what may not be collected about anybody is refused in the texts of requests, assessments and their answers', async () => {
  const illness = '本人经诊断为肝炎'
  const [own, office] = [await signIn(ROLES[2]), await signIn(ROLES[0])]
  const lodged = await doors.ask('api', own, {
    method: 'POST',
    url: `${API}/rights/requests`,
    payload: { kind: 'explanation', text: '请说明' },
  })
  const { requestId } = lodged.json() as { requestId: number }
  const texts = { basis: 'pipl#55', purpose: illness, necessity: illness, effects: illness, measures: illness }
  for (const [caller, url, payload] of [
    [own, '/rights/requests', { kind: 'look-complaint', text: illness, lookReceipt: 'H1' }],
    [own, '/rights/requests', { kind: 'correction', recordId: 1, field: illness, shouldBe: '无' }],
    [office, `/subjects/${firm}/rights/${requestId}/answer`, { outcome: 'refused', text: illness }],
    [office, `/subjects/${firm}/rights/${requestId}/extension`, { text: illness }],
    [office, '/gates/M413/assessments', texts],
    [office, '/gates/M413/closing', { reason: illness }],
  ] as const) {
    const answer = await doors.ask('api', caller, { method: 'POST', url: API + url, payload })
    assert.deepEqual([answer.statusCode, (answer.json() as { code: string }).code], [422, 'text.prohibited'], url)
    assert.ok(!answer.body.includes('肝炎'), url)
  }
  assert.deepEqual(await outside.holding(illness), [])
})
