import type { Actor } from '../access/actor.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import { sql } from '../db/database.ts'
import { firm as firmOf, licence, registration } from '../invariants/sent-rows.ts'
import { send, subjectOf } from '../invariants/testing.ts'
import { declarationRulesOn, statementsDigest } from '../law/declarations.ts'
import { drainTasks } from '../platform/worker.ts'
import { actorFor, openTestApp, type TestApp } from '../testing-app.ts'
import { openCase, takeStep } from './act-on-case.ts'
import type { CaseKey } from './model.ts'
import type { CaseView } from './shapes.ts'
import { readCase } from './views.ts'

// What the tests of self-declaration share: firms with a licence, what they declare, who decides, what the public sees.

export type Fields = Readonly<Record<string, string>>
export type DeclaringFirm = { readonly subjectId: SubjectId; readonly number: string; readonly me: Actor }

export const as = (id: string, unit: string, ...roles: string[]): Actor => ({ ...actorFor(unit, ...roles), id })
export const officer = as('account:61', 'market-regulation', 'case-officer')
export const colleague = as('account:62', 'market-regulation', 'case-officer')
export const office = as('account:63', 'credit-office', 'credit-office')
export const VERIFIED = { finding: '核对了证书原件和认证机构的公示。' }

export async function codeOf(work: Promise<unknown>): Promise<string> {
  const [end] = await Promise.allSettled([work])
  if (end?.status === 'fulfilled') return 'nothing was refused'
  if (end?.reason instanceof Refusal) return end.reason.code
  throw end?.reason
}

type Shown = { readonly marks: string[]; readonly said: Record<string, string> }

/** A platform on 8 June 2026 on which firms declare. `from`: the first of its firms, so that no two files have the same. */
export async function openDeclaring(from: number) {
  const t: TestApp = await openTestApp({ now: new Date('2026-06-08T04:00:00Z') })
  let n = from
  const digest = (): string => {
    const rules = declarationRulesOn(t.app.law, legalDay(t.app.now(), t.app.city.zone))
    return rules ? statementsDigest(rules) : ''
  }
  const sworn = (): Fields => ({ truth: 'yes', authorise: 'yes', digest: digest(), until: '2028-06-01', openness: 'public' })
  const declare = ({ subjectId, me }: Pick<DeclaringFirm, 'subjectId' | 'me'>, fields: Fields): Promise<CaseKey> =>
    openCase(t.app, me, { procedure: 'declaration', act: 'declare', subjectId, fields })
  const works = async (): Promise<void> => void (await drainTasks(t.worker))
  return {
    t,
    works,
    declare,
    onDay: (text: string): void => t.setNow(new Date(`${text}T04:00:00Z`)),
    /** A registered firm with a licence of the health commission until 2030. */
    firm: async (): Promise<DeclaringFirm> => {
      n += 1
      const number = `澜卫许〔2026〕${n}号`
      await send(t.app, 'market-registration', [registration(n)])
      await send(t.app, 'health-licence', [licence(n, number)])
      const subjectId = await subjectOf(t.app, firmOf(n).code)
      return { subjectId, number, me: { ...as(`account:${subjectId}`, 'subject', 'subject'), subjectId } }
    },
    /** What the health commission has reported. */
    licensed: ({ number }: DeclaringFirm, more: Fields = {}): Fields => ({
      ...{ family: 'qualification', title: '公共场所卫生许可', number, ...sworn() },
      ...more,
    }),
    /** What stands in no data. */
    unheard: (more: Fields = {}): Fields => ({
      ...{ family: 'operation', title: '质量管理体系', content: '2026年5月起按质量管理体系经营。', ...sworn() },
      ...more,
    }),
    /** Declared, and the platform has compared. */
    declared: async (one: DeclaringFirm, fields: Fields): Promise<CaseKey> => {
      const key = await declare(one, fields)
      await works()
      return key
    },
    act: (who: Actor, key: CaseKey, name: string, fields: Fields = {}) => takeStep(t.app, who, key, { act: name, fields }),
    seen: ({ me }: DeclaringFirm, key: CaseKey): Promise<CaseView> => readCase(t.app, me, key),
    stateOf: async ({ me }: DeclaringFirm, key: CaseKey): Promise<string> => (await readCase(t.app, me, key)).state,
    /** How often something of the item stands in the archive, public or not. */
    filed: async ({ subjectId }: DeclaringFirm): Promise<number> =>
      (
        await t.worker.db.rows(
          sql`select from fact where subject_id = ${subjectId} and item = 'self-declared-org' and kind = 'record'`,
        )
      ).length,
    /** What the public sees of it. */
    shown: async ({ subjectId }: DeclaringFirm): Promise<Shown[]> => {
      const rows = await t.worker.db.rows<{ body: { marks: string[]; fields: { name: string; value: string }[] } }>(
        sql`select body from pub.record where subject_id = ${subjectId} and item = 'self-declared-org' order by record_id`,
      )
      return rows.map(({ body }) => ({
        marks: body.marks,
        said: Object.fromEntries(body.fields.map(one => [one.name, one.value])),
      }))
    },
  }
}
export type Declaring = Awaited<ReturnType<typeof openDeclaring>>
