import { inventedUscc } from '../subject/invented.ts'
import type { SentRow } from './testing.ts'

// Rows as five departments of the example city send them, right in every cell. A test changes what it is about.

/** The n-th invented firm. */
export function firm(n: number): { readonly code: string; readonly name: string } {
  const code = inventedUscc('enterprise', n)
  return { code, name: `澜川市${code.slice(9, 16)}贸易有限公司` }
}

export const ECOLOGY = { name: '澜川市生态环境局', code: '11860100G842544415' } as const

/** A penalty of the ecology bureau (source ecology-penalty), class 一般. */
export function penalty(n: number, number: string, changes: SentRow = {}): SentRow {
  const { code, name } = firm(n)
  return {
    行政相对人名称: name,
    行政相对人类别: '法人及非法人组织',
    '行政相对人代码_1(统一社会信用代码)': code,
    法定代表人: '林照远',
    行政处罚决定书文号: number,
    违法行为类型: '超标排放水污染物',
    违法事实: '检查发现总排口化学需氧量超标。',
    处罚依据: '《中华人民共和国水污染防治法》第八十三条',
    处罚类别: '罚款',
    处罚内容: '罚款人民币20000元',
    '罚款金额(万元)': '2',
    处罚决定日期: '2026/05/15',
    处罚有效期: '2099/12/31',
    公示截止期: '',
    处罚机关: ECOLOGY.name,
    处罚机关统一社会信用代码: ECOLOGY.code,
    失信信息类别: 'Ⅱ类',
    操作类型: '新增',
    ...changes,
  }
}

/** The same of a sole trader without a code: by its name alone nothing is filed. */
export function uncodedPenalty(name: string, number: string): SentRow {
  const nobody = { 行政相对人类别: '个体工商户', '行政相对人代码_1(统一社会信用代码)': '' }
  return penalty(1, number, { ...nobody, 行政相对人名称: name })
}

/** A penalty of a person (source transport-penalty-person). */
export function personPenalty(id: string, number: string, changes: SentRow = {}): SentRow {
  return {
    当事人姓名: '周栖禾',
    身份证号码: id,
    案件文号: number,
    违法行为类型: '未取得道路运输经营许可从事营运',
    违法事实: '驾驶车辆载客收取费用。',
    处罚依据: '《中华人民共和国道路运输条例》第六十三条',
    处罚类别: '罚款',
    处罚内容: '罚款3000元',
    '罚款金额（元）': '3000',
    处罚决定日期: '2026-06-10',
    处罚有效期: '2099/12/31',
    备注: '',
    ...changes,
  }
}

/** A licence of a person with a passport, or another document that is said (source approval-licence-person). */
export function personLicence(document: string, number: string, changes: SentRow = {}): SentRow {
  return {
    行政相对人名称: '周栖禾',
    证件类型: '护照',
    证件号码: document,
    行政许可决定文书名称: '外国人来华工作许可决定书',
    行政许可决定文书号: number,
    许可类别: '普通',
    许可内容: '准予从事翻译工作。',
    许可决定日期: '2026-06-10',
    有效期自: '2026-06-10',
    有效期至: '2027-06-09',
    许可机关: '澜川市行政审批服务局',
    许可机关统一社会信用代码: '11860100G68439358L',
    当前状态: '1',
    出生日期: '',
    ...changes,
  }
}

/** An entry of the list of wage arrears (source wage-arrears); a correction with 移出日期 takes it off. */
export function wageListing(n: number, number: string, changes: SentRow = {}): SentRow {
  const { code, name } = firm(n)
  return {
    用人单位: name,
    统一社会信用代码: code,
    '列入(认定)日期': '2026-03-02',
    列入事由: '逾期未支付农民工工资',
    列入决定书: number,
    主要失信事实: '责令限期支付后逾期未支付。',
    公示截止期: '',
    移出日期: '',
    操作类型: '新增',
    ...changes,
  }
}

/** An entry of the register of abnormal operation (source market-abnormal). */
export function abnormal(n: number, changes: SentRow = {}): SentRow {
  const { code, name } = firm(n)
  return {
    '企业名称（字号）': name,
    统一社会信用代码: code,
    列入日期: '2026-04-08',
    列入原因代码: 'A1',
    作出列入决定机关: '澜川市市场监督管理局',
    移出日期: '',
    操作类型: '新增',
    ...changes,
  }
}

/** A licence of the health commission (source health-licence). */
export function licence(n: number, number: string, changes: SentRow = {}): SentRow {
  const { code, name } = firm(n)
  return {
    机构名称: name,
    统一社会信用代码: code,
    法定代表人: '林照远',
    批准文号: number,
    许可证号: `W${number.replace(/\D/g, '')}`,
    许可项目: '公共场所卫生许可',
    批准日期: '2026-02-03',
    有效期自: '2026-02-03',
    有效期至: '2030-02-02',
    当前状态: '1',
    类别代码: '0',
    操作类型: '新增',
    ...changes,
  }
}

/** A registration of the market bureau (source market-registration). */
export function registration(n: number, changes: SentRow = {}): SentRow {
  const { code, name } = firm(n)
  return {
    '企业（字号）名称': name,
    '统一社会信用代码/注册号': code,
    '法定代表人/负责人/经营者': '林照远',
    '成立（注册）日期': '2019-03-05',
    '住所/经营场所': '澜川市栖澜区望湖路1号',
    住所所在行政区划代码: '860102',
    登记机关: '澜川市市场监督管理局',
    登记状态代码: 'K',
    企业类型代码: '1100',
    '核准（变更）日期': '2024-03-05',
    '注册资本（万元）': '100',
    '经营（业务）范围': '日用品批发',
    ...changes,
  }
}

export const MAKERS = {
  'ecology-penalty': (n: number, number: string) => penalty(n, number),
  'wage-arrears': (n: number, number: string) => wageListing(n, number),
  'market-abnormal': (n: number) => abnormal(n),
  'health-licence': (n: number, number: string) => licence(n, number),
  'market-registration': (n: number) => registration(n),
} as const
