import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Actor } from '../access/actor.ts'
import { askReset } from '../access/reset-password.ts'
import { openTestAccount } from '../access/testing.ts'
import { day } from '../base/day.ts'
import type { AccountId } from '../base/id.ts'
import { proposeCampaign } from '../campaigns/propose.ts'
import { type Database, openDatabase, sql } from '../db/database.ts'
import { recordAssessment } from '../gates/gates.ts'
import { SECOND_PERSON_ACTS, type SecondPersonAct } from '../http/endpoint.ts'
import { askDelay } from '../oversight/delays.ts'
import { proposeRole } from '../people/confer-role.ts'
import { proposeOrganisation } from '../people/propose-organisation.ts'
import { proposeProgram } from '../programs/commands.ts'
import { inventedUscc } from '../subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../testing-app.ts'
import { readConfirmations } from './views.ts'

// What one person began waits among the tasks of whoever may be the second, and of nobody else.

let t: TestApp
let about: AccountId
let owner: Database

type People = { readonly one: Actor; readonly second: Actor; readonly stranger: Actor }
const person = (n: number, unit: string, role: string): Actor => {
  const session = { sessionId: n, stage: 'whole', freshAt: TEST_NOW } as const
  return { ...actorFor(unit, role), id: `account:${n}`, session }
}
const administrators: People = {
  one: person(9001, 'credit-office', 'system-administrator'),
  second: person(9002, 'credit-office', 'security-administrator'),
  stranger: person(9003, 'credit-office', 'auditor'),
}
const window = (n: number, unit: string): Actor => person(n, unit, 'window-officer')

/** Of each act of two persons: who they are, how the one begins it, how it is over, and what the second reads of it. */
type Case = { readonly people: People; begin(one: Actor): Promise<unknown>; readonly end: string; readonly reads: RegExp }

const CASES: Readonly<Record<SecondPersonAct, Case>> = {
  role: {
    people: administrators,
    begin: one => proposeRole(t.app, one, about, { role: 'clerk', from: day('2026-11-20'), until: null, reason: '到岗' }),
    end: `update role_grant set ended_at = now(), ended_by = 'x', end_reason = 'x' where decision is null`,
    reads: /被授予的人（about）：授予“报送员”/,
  },
  organisation: {
    people: administrators,
    begin: one => {
      const uscc = inventedUscc('enterprise', 5_100_001)
      return proposeOrganisation(t.app, one, { name: '澜川示例银行九', uscc, kind: 'bank', parent: null, reason: '接入' })
    },
    end: `update organisation set decision = 'refused', decided_by = 'x', decided_at = now() where decision is null`,
    reads: /登记澜川示例银行九/,
  },
  program: {
    people: administrators,
    begin: one =>
      proposeProgram(t.app, one, {
        ...{ name: '审批系统', unit: 'approval', purpose: '核查', scopes: ['check.make'], quota: quotaOf(), networks: [] },
        endsOn: day('2027-11-20'),
      }),
    end: `update program set closed_at = now(), closed_by = 'x'`,
    reads: /审批系统/,
  },
  reset: {
    people: administrators,
    begin: one => askReset(t.app, one, about, { reason: '忘记密码', takesFactor: false }),
    end: 'update password_reset set closed_at = now()',
    reads: /被授予的人（about）/,
  },
  'account-reset': {
    people: { one: window(9011, 'approval'), second: window(9012, 'approval'), stranger: window(9013, 'health') },
    begin: one =>
      t.app.changes.run(sql`insert into password_reset (account_id, reset_id, reason, takes_factor, asked_by, asked_at, ends_at, unit, person_kind, person_value)
        values (${about}, 1, 'x', false, ${one.id}, ${TEST_NOW}, ${new Date(TEST_NOW.getTime() + 3_600_000)}, 'approval', 'resident-id', 'x')`),
    end: 'update password_reset set closed_at = now()',
    reads: /about/,
  },
  binding: {
    people: { one: window(9011, 'approval'), second: window(9012, 'approval'), stranger: window(9013, 'health') },
    begin: one =>
      t.app.changes.run(sql`insert into binding (binding_id, unit, capacity, person_kind, person_value, sealed, evidence_kind, evidence, opened_by, opened_at, expires_at, act_id)
        values (1, 'approval', 'self', 'resident-id', 'x', 'x', 'identity-document', 'x', ${one.id}, ${TEST_NOW}, ${new Date(TEST_NOW.getTime() + 3_600_000)}, 1)`),
    end: `update binding set settled_at = now(), settled_by = 'x', outcome = 'withdrawn'`,
    reads: /个人 本人/,
  },
  delay: {
    people: {
      one: person(9021, 'ecology-environment', 'investigator'),
      second: person(9022, 'credit-office', 'privacy-officer'),
      stranger: person(9023, 'audit-office', 'auditor'),
    },
    begin: one => askDelay(t.app, one, { businessNo: '案-1', ground: 'investigation', reason: '取证', until: day('2026-12-20') }),
    end: `insert into look_delay_end select delay_id, 'x', 'x', now(), 1 from look_delay`,
    reads: /生态环境局 案-1/,
  },
  assessment: {
    people: {
      one: person(9031, 'credit-office', 'credit-office'),
      second: person(9032, 'credit-office', 'privacy-officer'),
      stranger: person(9033, 'ecology-environment', 'clerk'),
    },
    begin: one => {
      const texts = { purpose: '目的', necessity: '必要', effects: '影响', measures: '措施' }
      return recordAssessment(t.app, one, 'M413', { basis: 'pipl#13', ...texts })
    },
    end: `insert into gate_sign_off (assessment_id, function_row, author, signed_by, signer_unit, statement, signed_at, act_id)
      select assessment_id, function_row, author, 'x', 'credit-office', 'x', now(), 1 from impact_assessment`,
    reads: /./,
  },
  deletion: {
    people: {
      one: person(9041, 'credit-office', 'credit-office'),
      second: person(9042, 'credit-office', 'privacy-officer'),
      stranger: person(9043, 'ecology-environment', 'clerk'),
    },
    begin: async one => {
      await t.app.changes.run(sql`insert into rights_request (subject_id, request_id, number, kind, asked_by, asked_at, asked_on, working_days, act_id)
        values (1, 1, 'GR20261120-1', 'deletion', 'account:1', ${TEST_NOW}, '2026-11-20', 15, 1)`)
      await t.app.changes.run(sql`insert into rights_entry (subject_id, request_id, entry_no, step, actor, unit, at, ground, record_ids, act_id)
        values (1, 1, 1, 'lodged', 'account:1', null, ${TEST_NOW}, null, '{}', 1), (1, 1, 2, 'proposed', ${one.id}, 'credit-office', ${TEST_NOW}, 'by-law', '{7}', 1)`)
    },
    end: `insert into rights_entry (subject_id, request_id, entry_no, step, actor, unit, at, act_id) values (1, 1, 3, 'returned', 'x', 'credit-office', now(), 1)`,
    reads: /GR20261120-1/,
  },
  campaign: {
    people: {
      one: person(9061, 'market-regulation', 'case-officer'),
      second: person(9062, 'market-regulation', 'case-officer'),
      stranger: person(9063, 'ecology-environment', 'case-officer'),
    },
    begin: one =>
      proposeCampaign(t.app, one, {
        ...{ name: '食品经营公示专项治理', theme: 'key-sector', aim: '督促食品经营者公示许可证', instrument: 'gbf-2019-35' },
        ...{ units: [], firstDay: day('2026-11-20'), lastDay: day('2026-12-31'), goals: {} },
      }),
    end: `update campaign set decision = 'returned', decided_by = 'x', decided_at = now() where decision is null`,
    reads: /食品经营公示专项治理/,
  },
  case: {
    people: {
      one: person(9051, 'market-regulation', 'case-officer'),
      second: person(9052, 'market-regulation', 'case-officer'),
      stranger: person(9053, 'ecology-environment', 'case-officer'),
    },
    begin: async one => {
      await t.app.changes.run(sql`insert into case_file (subject_id, case_id, procedure, edition, number, about, unit, opened_by, opened_at, opened_on, state, turn, entry_no, act_id)
        values (1, 1, 'repair', 'repair@2026-04-01', 'XF20261120-1', 'record', 'market-regulation', 'account:1', ${TEST_NOW}, '2026-11-20', 'proposed', 'second', 1, 1)`)
      await t.app.changes.run(sql`insert into case_entry (subject_id, case_id, entry_no, act, to_state, office, actor, unit, at, on_day, basis, edition, act_id)
        values (1, 1, 1, 'propose', 'proposed', 'decider', ${one.id}, 'market-regulation', ${TEST_NOW}, '2026-11-20', 'ndrc-36', 'repair@2026-04-01', 1)`)
    },
    end: `update case_file set state = 'repaired', turn = 'none', closed_at = now()`,
    reads: /信用修复案件XF20261120-1|修复案件XF20261120-1/,
  },
}

const quotaOf = (): string => [...t.app.law.quotas.values()].find(quota => quota.holder === 'program')?.id ?? ''

before(async () => {
  t = await openTestApp()
  owner = openDatabase(t.database.url, { max: 1 })
  about = await openTestAccount(t.app, { login: 'about', name: '被授予的人', unit: 'market-regulation', roles: [] })
})
after(async () => {
  await owner.close()
  await t.close()
})

describe('M458 · what takes two persons is a task of whoever may be the second', () => {
  for (const kind of SECOND_PERSON_ACTS)
    test(`${kind}: of the one it waits for another, of the second it is a task with its count and what is oldest, of anybody else neither`, async () => {
      const { people, begin, end, reads } = CASES[kind]
      const seen = async (actor: Actor) => {
        const { toConfirm, begun } = await readConfirmations(t.app, actor)
        const of = (list: readonly { kind: string; count: number }[]) => list.find(one => one.kind === kind)?.count ?? 0
        return [of(toConfirm), of(begun)]
      }
      assert.deepEqual(await seen(people.second), [0, 0])
      await begin(people.one)
      assert.deepEqual(await seen(people.one), [0, 1], 'nobody confirms his own')
      assert.deepEqual(await seen(people.second), [1, 0])
      assert.deepEqual(await seen(people.stranger), [0, 0])
      const task = (await readConfirmations(t.app, people.second)).toConfirm.find(one => one.kind === kind)
      assert.match(task?.about ?? '', reads)
      assert.equal(task?.oldestAt, TEST_NOW.toISOString())
      const own = (await readConfirmations(t.app, people.one)).begun.find(one => one.kind === kind)
      assert.ok((own?.waitsFor.length ?? 0) > 0, 'and it is said who may')
      await owner.run({ text: end })
      assert.deepEqual(
        [await seen(people.one), await seen(people.second)],
        [
          [0, 0],
          [0, 0],
        ],
        'over, it is nobody’s task',
      )
    })

  test('whoever it is about does not confirm it, and has no task of it', async () => {
    await CASES.role.begin(administrators.one)
    await CASES.reset.begin(administrators.one)
    const self: Actor = { ...administrators.second, id: `account:${about}` }
    assert.deepEqual((await readConfirmations(t.app, self)).toConfirm, [])
    const kinds = (await readConfirmations(t.app, administrators.second)).toConfirm.map(one => one.kind)
    assert.deepEqual(kinds.sort(), ['reset', 'role'])
  })
})
