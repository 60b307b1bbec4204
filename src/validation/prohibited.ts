import type { ProhibitedContent } from '../law/model.ts'
import { toHalfWidth } from '../subject/code-text.ts'

/** What a rule of `law/prohibited.yaml` needs to find its content; the sources stay with the rule. */
export type ProhibitedRule = Pick<ProhibitedContent, 'id' | 'name' | 'allowed' | 'headings' | 'valuePatterns'> & {
  readonly basis: readonly string[]
}

/** Whom a column is about. Sums of an enterprise are no sums of a person. */
export type About = 'natural-person' | 'organisation'

export type ProhibitedFound = {
  readonly id: string
  readonly name: string
  /** `never`, or only with the person's written consent. */
  readonly allowed: ProhibitedContent['allowed']
  readonly basis: readonly string[]
}

export type ProhibitedFinder = {
  /** The rule that a column's heading meets: the whole column is refused. Null for a harmless heading. */
  readonly inHeading: (heading: string, about: About) => ProhibitedFound | null
  /** The rule that a value meets. Only clear cases: a label or a sentence that gives the content to a person. */
  readonly inValue: (value: string) => ProhibitedFound | null
}

/** Words that contain a prohibited word and mean a trade, a body or a duty. They are taken out before looking. */
const HARMLESS =
  /宗教(?:用品|活动场所|场所|院校|团体|事务|局|教职人员资格|临时活动地点)|民族宗教|民宗|(?:疾病|传染病|疫病|病虫害|动物疫病|职业病)(?:预防控制|防控|防治|预防|控制|危害|诊断机构|诊断资质)(?:中心|机构|情况|措施|费)?|疾控|指纹(?:锁|考勤机|仪|识别设备)|基因(?:检测|测序|工程|技术)(?:服务|机构|设备|公司|资质)|转基因|诊断试剂|诊断设备|病历(?:管理|书写|质量)|不动产(?:登记(?:机构|中心)|权证号|单元号|所在地?)|保险(?:公司|机构|代理|监督)|证券(?:公司|机构|监督)|存款(?:保险|准备金|类金融机构)|健康证明?(?:编号|号)?|卫生许可证?/g

/** A heading or an item that says itself that the sum is a person's. */
const OF_A_PERSON = /个人|本人|家庭|自然人|居民|法定代表人|负责人|经营者|户主|配偶/

function plain(text: string): string {
  return toHalfWidth(text).replace(/[\s_()（）[\]【】:：*]+/g, '')
}

/**
 * Makes the finder for the rules in force. A heading meets a rule when it contains one of the rule's words, after
 * trades and bodies that merely sound alike were taken out; a rule that consent can lift looks only at columns about
 * persons, or at headings that say so themselves. Values are matched by the rule's patterns (regular expressions).
 */
export function prohibitedFinder(rules: readonly ProhibitedRule[]): ProhibitedFinder {
  const compiled = rules.map(({ id, name, allowed, basis, headings, valuePatterns }) => ({
    found: { id, name, allowed, basis },
    words: headings.map(word => plain(word).toUpperCase()),
    values: valuePatterns.map(pattern => new RegExp(pattern, 'u')),
  }))
  const inHeading = (heading: string, about: About): ProhibitedFound | null => {
    const words = plain(heading).replace(HARMLESS, '').toUpperCase()
    const isPersonal = about === 'natural-person' || OF_A_PERSON.test(words)
    const met = compiled.find(
      rule => (rule.found.allowed === 'never' || isPersonal) && rule.words.some(word => words.includes(word)),
    )
    return met?.found ?? null
  }
  const hints = /宗教|信仰|信奉|信教|基因|DNA|指纹|虹膜|人脸|血型|病|患有|诊断|个人|本人|家庭/u
  const inValue = (value: string): ProhibitedFound | null => {
    if (!hints.test(value)) return null
    const text = toHalfWidth(value).replace(HARMLESS, '')
    return compiled.find(rule => rule.values.some(pattern => pattern.test(text)))?.found ?? null
  }
  return { inHeading, inValue }
}

const NEVER = ['pipl#28', 'cir#14'] as const
const CONSENT = ['cir#14'] as const
const PERSON = '(?:本人|其|该人|当事人|申请人|患者|个人)'

/**
 * The content that the credit regulations keep out, as a city may start from: it is carried in `law/prohibited.yaml`,
 * which a lawyer edits and completes with the local regulation's article.
 */
export const PROHIBITED_CONTENT: readonly ProhibitedRule[] = [
  {
    id: 'religion',
    name: '宗教信仰',
    allowed: 'never',
    headings: ['宗教信仰', '信仰', '信教', '宗教'],
    valuePatterns: [
      '(?:宗教信仰|信仰)[:是为]{1,2}\\s*(?!无|否|没有)[^\\s,，。;；]{1,10}',
      `${PERSON}(?:信仰|信奉|笃信)[^\\s,，。;；]{1,8}教`,
    ],
    basis: NEVER,
  },
  {
    id: 'genes',
    name: '基因',
    allowed: 'never',
    headings: ['基因', 'DNA', '遗传信息', '遗传病'],
    valuePatterns: [`${PERSON}[^,，。;；]{0,6}(?:基因|DNA)(?:检测结果|型别|序列|突变)`, '(?:基因型|DNA分型)[:是为]{1,2}'],
    basis: NEVER,
  },
  {
    id: 'fingerprints',
    name: '指纹等生物识别信息',
    allowed: 'never',
    headings: ['指纹', '掌纹', '虹膜', '声纹', '人脸', '面部特征', '生物识别', '生物特征'],
    valuePatterns: ['(?:指纹|掌纹|虹膜|声纹|人脸)(?:特征|模板|编码|数据|信息)[:是为]{1,2}'],
    basis: NEVER,
  },
  {
    id: 'blood-type',
    name: '血型',
    allowed: 'never',
    headings: ['血型'],
    valuePatterns: ['血型[:是为]{0,2}\\s*(?:AB|[ABO])(?:型|$|[^A-Z])'],
    basis: NEVER,
  },
  {
    id: 'illness',
    name: '疾病和病史',
    allowed: 'never',
    headings: [
      '病史',
      '病历',
      '病情',
      '疾病',
      '患病',
      '诊断结果',
      '诊断结论',
      '就诊',
      '住院',
      '健康状况',
      '体检结果',
      '残疾类别',
      '残疾等级',
      '精神状况',
    ],
    valuePatterns: [
      `${PERSON}[^,，。;；]{0,4}(?:患有|身患|罹患|确诊|被诊断为)`,
      '(?:既往病史|个人病史|病史|健康状况|诊断结果|诊断结论)[:是为]{1,2}\\s*(?!无|正常|良好|健康)[^\\s,，。;；]{2,}',
    ],
    basis: NEVER,
  },
  consentOnly('income', '收入', ['收入', '工资', '薪资', '薪金', '薪酬']),
  consentOnly('deposits', '存款', ['存款', '账户余额', '帐户余额', '银行余额']),
  consentOnly('securities', '有价证券', ['有价证券', '股票', '债券', '基金份额', '证券账户', '证券资产']),
  consentOnly('insurance', '商业保险', ['商业保险', '人寿保险', '保单', '保费']),
  consentOnly('real-estate', '不动产', ['不动产', '房产', '房屋产权', '房屋面积', '住房面积', '土地面积']),
  consentOnly('tax', '纳税数额', ['纳税数额', '纳税金额', '纳税额', '应纳税额', '缴税金额', '个人所得税', '完税金额']),
]

function consentOnly(id: string, name: string, headings: string[]): ProhibitedRule {
  return { id, name, allowed: 'with-consent', headings, valuePatterns: [], basis: CONSENT }
}
