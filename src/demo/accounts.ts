import type { Role } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import { makeExampleGrant } from './grant.ts'
import { findExampleAccount, openExampleAccount } from './open-account.ts'
import { makeExampleSpeakers } from './speakers.ts'

/** An account of the example city as it is shown to whoever starts it. The passwords are public: they exist with the example city only. */
export type ExampleAccount = {
  readonly login: string
  readonly password: string
  readonly name: string
  readonly role: Role
  readonly unit: string
}

const STAFF: readonly ExampleAccount[] = [
  { login: 'clerk.market', password: 'shili-baosong-1', name: '市市场监管局报送员', role: 'clerk', unit: 'market-regulation' },
  { login: 'clerk.ecology', password: 'shili-baosong-2', name: '市生态环境局报送员', role: 'clerk', unit: 'ecology-environment' },
  {
    login: 'investigator.ecology',
    password: 'shili-banan-1',
    name: '市生态环境局办案人员',
    role: 'investigator',
    unit: 'ecology-environment',
  },
  {
    login: 'case.market',
    password: 'shili-anjian-1',
    name: '市市场监管局经办人员',
    role: 'case-officer',
    unit: 'market-regulation',
  },
  {
    login: 'case.market2',
    password: 'shili-anjian-2',
    name: '市市场监管局复核人员',
    role: 'case-officer',
    unit: 'market-regulation',
  },
  {
    login: 'case.ecology',
    password: 'shili-anjian-3',
    name: '市生态环境局经办人员',
    role: 'case-officer',
    unit: 'ecology-environment',
  },
  {
    login: 'case.ecology2',
    password: 'shili-anjian-4',
    name: '市生态环境局复核人员',
    role: 'case-officer',
    unit: 'ecology-environment',
  },
  {
    login: 'case.emergency',
    password: 'shili-anjian-5',
    name: '市应急局经办人员',
    role: 'case-officer',
    unit: 'emergency',
  },
  {
    login: 'case.emergency2',
    password: 'shili-anjian-6',
    name: '市应急局复核人员',
    role: 'case-officer',
    unit: 'emergency',
  },
  {
    login: 'case.housing',
    password: 'shili-anjian-7',
    name: '市住建局经办人员',
    role: 'case-officer',
    unit: 'housing-construction',
  },
  {
    login: 'case.housing2',
    password: 'shili-anjian-8',
    name: '市住建局复核人员',
    role: 'case-officer',
    unit: 'housing-construction',
  },
  { login: 'case.approval', password: 'shili-anjian-9', name: '市审批局经办人员', role: 'case-officer', unit: 'approval' },
  { login: 'case.approval2', password: 'shili-anjian-10', name: '市审批局复核人员', role: 'case-officer', unit: 'approval' },
  { login: 'credit.office', password: 'shili-xinyong-1', name: '市信用办工作人员', role: 'credit-office', unit: 'credit-office' },
  { login: 'window.approval', password: 'shili-chuangkou-1', name: '市审批局窗口人员', role: 'window-officer', unit: 'approval' },
  {
    login: 'window.approval2',
    password: 'shili-chuangkou-2',
    name: '市审批局窗口复核人员',
    role: 'window-officer',
    unit: 'approval',
  },
  {
    login: 'admin.system',
    password: 'shili-xitong-1',
    name: '市信用办系统管理员',
    role: 'system-administrator',
    unit: 'credit-office',
  },
  {
    login: 'admin.security',
    password: 'shili-anquan-1',
    name: '市信用办安全管理员',
    role: 'security-administrator',
    unit: 'credit-office',
  },
  {
    login: 'admin.market',
    password: 'shili-danwei-1',
    name: '市市场监管局单位管理员',
    role: 'unit-administrator',
    unit: 'market-regulation',
  },
  {
    login: 'privacy.officer',
    password: 'shili-geren-1',
    name: '市信用办个人信息保护负责人',
    role: 'privacy-officer',
    unit: 'credit-office',
  },
  { login: 'bank.lending', password: 'shili-yinhang-1', name: '澜川农商行信贷员', role: 'receiver', unit: 'rural-bank' },
  { login: 'auditor', password: 'shili-shenji-1', name: '市审计局审计员', role: 'auditor', unit: 'audit-office' },
]
const FIRM = { login: 'firm', password: 'shili-qiye-1', role: 'subject', unit: '' } as const
const PENALISED = { login: 'firm.penalty', password: 'shili-qiye-2', role: 'subject', unit: '' } as const

/**
 * Makes the example city's accounts, or finds those made before: people of units for each role, a firm with records, a firm with a
 * penalty on display, an agent of the first firm, a person for himself, and what the second firm lets its bank see. Refuses (RangeError)
 * a city that is not the invented one, and production.
 */
export async function makeExampleAccounts(app: App): Promise<ExampleAccount[]> {
  if (app.config.production || app.city.inventedPrefixes.length === 0)
    throw new RangeError('example accounts belong to the example city only')
  const accounts: ExampleAccount[] = []
  for (const account of STAFF) {
    if (!app.law.units.has(account.unit)) continue
    await openExampleAccount(app, { ...account, roles: [account.role] })
    accounts.push(account)
  }
  for (const [wanted, find] of [
    [FIRM, findFirm],
    [PENALISED, findPenalised],
  ] as const) {
    const account = await makeFirmAccount(app, wanted, find)
    if (account) accounts.push(account)
  }
  accounts.push(...(await makeExampleSpeakers(app, FIRM.login)))
  await makeExampleGrant(app, { login: 'bank.lending', unit: 'rural-bank' }, PENALISED.login)
  return accounts
}

type FirmRow = { subject_id: SubjectId; name: string }

async function makeFirmAccount(
  app: App,
  wanted: typeof FIRM | typeof PENALISED,
  find: (app: App) => Promise<FirmRow | undefined>,
): Promise<ExampleAccount | undefined> {
  const made = await findExampleAccount(app, wanted)
  if (made) return { ...wanted, name: made.name }
  const firm = await find(app)
  if (!firm) return undefined
  await openExampleAccount(app, { ...wanted, name: firm.name, unit: null, roles: ['subject'], subjectId: firm.subject_id })
  return { ...wanted, name: firm.name }
}

/** An enterprise with records and nothing against it. */
async function findFirm({ db }: App): Promise<FirmRow | undefined> {
  return await db.row<FirmRow>(sql`select c.subject_id, c.name from pub.subject c join pub.record r using (subject_id)
    where c.kind = 'enterprise' group by c.subject_id, c.name
    having count(*) >= 3 and count(*) filter (where r.register = 'penalties' or r.list is not null or r.section = 'abnormal') = 0
    order by count(*) desc, c.subject_id limit 1`)
}

/** An enterprise whose penalty anyone can see today. */
async function findPenalised({ db, now }: App): Promise<FirmRow | undefined> {
  return await db.row<FirmRow>(sql`select c.subject_id, c.name from pub.subject c join pub.record r using (subject_id)
    where c.kind = 'enterprise' group by c.subject_id, c.name
    having count(*) filter (where r.register = 'penalties' and (r.shown_until is null or r.shown_until > ${now()}::date + 30)) > 0
    order by count(*) desc, c.subject_id limit 1`)
}
