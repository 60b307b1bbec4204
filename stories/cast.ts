import type { Role } from '../src/access/actor.ts'
import { inventedUscc } from '../src/subject/invented.ts'

/* Who appears in the stories: people of units of the example city, and invented firms. */

export type Person = { readonly login: string; readonly name: string; readonly unit: string; readonly role: Role }

export const CAST = {
  clerk: { login: 'clerk.ecology', name: '市生态环境局报送员', unit: 'ecology-environment', role: 'clerk' },
  'market-clerk': { login: 'clerk.market', name: '市市场监管局报送员', unit: 'market-regulation', role: 'clerk' },
  'market-officer': { login: 'case.market', name: '市市场监管局经办人员', unit: 'market-regulation', role: 'case-officer' },
  'market-second': { login: 'case.market2', name: '市市场监管局复核人员', unit: 'market-regulation', role: 'case-officer' },
  'health-clerk': { login: 'clerk.health', name: '市卫健委报送员', unit: 'health', role: 'clerk' },
  'wage-clerk': { login: 'clerk.wages', name: '市人社局报送员', unit: 'human-resources', role: 'clerk' },
  'wage-officer': { login: 'case.wages', name: '市人社局经办人员', unit: 'human-resources', role: 'case-officer' },
  'wage-officer2': { login: 'case.wages2', name: '市人社局复核人员', unit: 'human-resources', role: 'case-officer' },
  'ecology-officer': { login: 'case.ecology', name: '市生态环境局经办人员', unit: 'ecology-environment', role: 'case-officer' },
  'ecology-second': { login: 'case.ecology2', name: '市生态环境局复核人员', unit: 'ecology-environment', role: 'case-officer' },
  'approval-officer': { login: 'case.approval', name: '市审批局经办人员', unit: 'approval', role: 'case-officer' },
  'approval-officer2': { login: 'case.approval2', name: '市审批局复核人员', unit: 'approval', role: 'case-officer' },
  'tender-officer': { login: 'case.tenders', name: '市发改委经办人员', unit: 'development-reform', role: 'case-officer' },
  'credit-office': { login: 'credit.office', name: '市信用办工作人员', unit: 'credit-office', role: 'credit-office' },
  window: { login: 'window.approval', name: '市审批局窗口人员', unit: 'approval', role: 'window-officer' },
  investigator: {
    login: 'investigator.ecology',
    name: '市生态环境局办案人员',
    unit: 'ecology-environment',
    role: 'investigator',
  },
  'privacy-officer': {
    login: 'privacy.officer',
    name: '市信用办个人信息保护负责人',
    unit: 'credit-office',
    role: 'privacy-officer',
  },
  bank: { login: 'bank.lending', name: '澜川农商行信贷员', unit: 'rural-bank', role: 'receiver' },
  auditor: { login: 'auditor', name: '市审计局审计员', unit: 'audit-office', role: 'auditor' },
} as const satisfies Readonly<Record<string, Person>>
export type CastName = keyof typeof CAST

/** The password of everybody in a story. */
export const PASSWORD = 'gushi-li-de-ren-1'

export type Firm = { readonly name: string; readonly code: string; readonly representative: string }

const enterprise = (n: number, name: string, representative: string): Firm => ({
  name: `澜川市${name}有限公司`,
  code: inventedUscc('enterprise', 700_000 + n),
  representative,
})

/** Ten invented firms; the names share no two neighbouring characters but the city's and the form. */
export const FIRMS: readonly [Firm, Firm, Firm, Firm, Firm, Firm, ...Firm[]] = [
  enterprise(1, '珩汐食品', '林照远'),
  enterprise(2, '砚溪印务', '苏问渠'),
  enterprise(3, '榆桓建材', '顾长风'),
  enterprise(4, '霁岚纺织', '沈知白'),
  enterprise(5, '泠湾水产', '陆听澜'),
  enterprise(6, '昶屿物流', '江望舒'),
  enterprise(7, '朔坪农机', '许怀瑾'),
  enterprise(8, '栎庭家具', '秦望北'),
  enterprise(9, '岫谷茶业', '裴云起'),
  enterprise(10, '澹浦船舶', '温如璋'),
]
