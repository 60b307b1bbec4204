import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { createAccount } from '../access/accounts.ts'
import { change } from '../access/change.ts'
import { addDays, addMonths, type Day, day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { bindByClaims } from '../identity/bind-by-claims.ts'
import { readClaims } from '../identity/claims.ts'
import type { IdentityProvider } from '../law/identity-model.ts'
import { confirmBinding, openBinding } from '../mandates/binding.ts'
import { inventedResidentId } from '../subject/invented.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { personLicence, personPenalty } from './sent-rows.ts'
import { Outside, refusalsOf, runs, send } from './testing.ts'

// Principle 2: a minor is no subject, by whatever way he would become one. One is of age from the day on which one is eighteen (民法典 17).

let t: TestApp
let outside: Outside
let today: Day
before(async () => {
  t = await openTestApp()
  today = legalDay(t.app.now(), t.app.city.zone)
  outside = await Outside.open(t)
})
after(async () => {
  await outside.close()
  await t.close()
})

let serial = 0
const NAME = '周栖禾'
/** What a reader of claims asks of a provider's configuration. */
const PROVINCE = {
  id: 'province',
  name: '省统一身份认证',
  claims: { id: 'sub', name: 'name', residentId: 'number' },
} as unknown as IdentityProvider
const first = { ...actorFor('approval', 'window-officer'), id: 'account:1' }
const second = { ...first, id: 'account:2' }

/** Each way by which a person becomes a subject: the code of its refusal, or null where it went through. */
const WAYS: Readonly<Record<string, { readonly refusal: string; readonly come: (id: string) => Promise<string | null> }>> = {
  'a department’s file': {
    refusal: 'subject.minor',
    come: async id => {
      const row = personPenalty(id, `澜交罚〔2026〕${serial}号`, { 处罚决定日期: today })
      const { deliveryId, counts } = await send(t.app, 'transport-penalty-person', [row])
      return counts.filed === 1 ? null : ((await refusalsOf(t.app, deliveryId))[0]?.code ?? 'nothing said')
    },
  },
  'a passport in a department’s file': {
    refusal: 'subject.minor',
    come: async id => {
      const row = personLicence(`E${20_000_000 + serial}`, `澜审许〔2026〕${serial}号`, {
        出生日期: bornOf(id),
        许可决定日期: today,
      })
      const { deliveryId, counts } = await send(t.app, 'approval-licence-person', [row])
      return counts.filed === 1 ? null : ((await refusalsOf(t.app, deliveryId))[0]?.code ?? 'nothing said')
    },
  },
  'two officers at a window': {
    refusal: 'mandate.minor',
    come: async id => {
      const who = { name: NAME, documentKind: 'resident-id', documentNumber: id }
      const wish = {
        ...who,
        capacity: 'self',
        uscc: null,
        evidenceKind: 'identity-document',
        evidenceNumber: `W${serial}`,
      } as const
      return await codeIfRefused(async () => {
        const { bindingId } = await openBinding(t.app, first, wish)
        await confirmBinding(t.app, second, bindingId, who)
      })
    },
  },
  'a passport at a window': {
    refusal: 'mandate.minor',
    come: async id => {
      const who = { name: NAME, documentKind: 'passport', documentNumber: `E${String(10_000_000 + serial)}`, birth: bornOf(id) }
      const wish = {
        ...who,
        capacity: 'self',
        uscc: null,
        evidenceKind: 'identity-document',
        evidenceNumber: `W${serial}`,
      } as const
      return await codeIfRefused(async () => {
        const { bindingId } = await openBinding(t.app, first, wish)
        await confirmBinding(t.app, second, bindingId, who)
      })
    },
  },
  'the word of an identity provider': {
    refusal: 'identity.minor',
    come: async id => {
      const told = { name: NAME, number: id }
      const inventedPrefixes = t.app.city.inventedPrefixes as never
      const read = readClaims(PROVINCE, told, { door: 'subjects', today, inventedPrefixes })
      if (!read.ok) return read.code
      const { value } = read
      assert.ok(value.as !== 'staff')
      const comer = { provider: PROVINCE.id, indexes: [`comer-${serial}`] }
      await change(t.app, actorFor('', 'subject'), { deed: 'identity.bind', entity: 'test' }, made =>
        bindByClaims(t.app, made, comer, value),
      )
      return null
    },
  },
}

const bornOf = (id: string): Day => day(`${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`)

async function codeIfRefused(deed: () => Promise<unknown>): Promise<string | null> {
  try {
    await deed()
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

const subjects = async (): Promise<number> => (await outside.counts())['public.subject'] ?? 0
const mandates = async (): Promise<number> => (await outside.counts())['public.mandate'] ?? 0

for (const [way, { refusal, come }] of Object.entries(WAYS))
  test(`M057 · principle 2 · by ${way} nobody under eighteen on the day becomes a subject, and whoever is eighteen does`, async () => {
    const around = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer({ min: -6_000, max: 12_000 }))
    await fc.assert(
      fc.asyncProperty(around, async older => {
        serial += 1
        // Eighteen on the very day, and so many days older.
        const born = addDays(addMonths(today, -18 * 12), -older)
        const id = inventedResidentId(serial, born)
        const [count, bound] = [await subjects(), await mandates()]
        const said = await come(id)
        assert.equal(said, older < 0 ? refusal : null, `born ${born}`)
        assert.equal(await subjects(), count + (older < 0 ? 0 : 1))
        if (older < 0) assert.equal(await mandates(), bound)
        assert.deepEqual(await outside.holding(id), [])
      }),
      { ...runs(12), examples: [[0], [-1], [1]] },
    )
  })

test('M057 · an account made at the terminal opens no subject: it speaks for one that is there, or for none', async () => {
  const count = await subjects()
  const account = { name: NAME, unit: null, roles: ['subject'] }
  await createAccount(t.app, { ...account, login: 'own-1' })
  const ofNobody = createAccount(t.app, { ...account, login: 'own-2', subjectId: 4_000_000_000 as SubjectId })
  await assert.rejects(ofNobody, { code: 'subject.unknown' })
  assert.equal(await t.worker.db.row(sql`select from account where login = 'own-2'`), undefined)
  assert.equal(await subjects(), count)
})
