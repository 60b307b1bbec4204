import type { ProhibitedContent } from '../law/disclosure-model.ts'
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

/** Words that contain a prohibited word and mean a trade, a body, a duty or an animal. They are taken out before looking. */
const HARMLESS = new RegExp(
  [
    '宗教(?:用品|活动场所|场所|院校|团体|事务|局|教职人员资格|临时活动地点)|民族宗教|民宗',
    '(?:疾病|传染病|疫病|病虫害|动物疫病|职业病)(?:预防控制|防控|防治|预防|控制|危害|诊断机构|诊断资质)(?:中心|机构|情况|措施|费)?|疾控',
    '(?:确诊|诊断)为(?:疑似)?(?:传染病|职业病)',
    '患有?[^,，。;；]{0,12}?(?:病|症|炎|疫|瘤)[^,，。;；]{0,4}?(?:生猪|猪|牛|羊|鸡|鸭|鹅|犬|鱼|虾|禽|畜|动物|苗木|植物|树木)',
    '指纹(?:锁|考勤机|仪|识别设备)|基因(?:检测|测序|工程|技术)(?:服务|机构|设备|公司|资质)|转基因',
    '诊断(?:试剂|设备)|病历(?:管理|书写|质量)',
    '不动产登记(?:机构|中心)|保险(?:公司|机构|代理|监督)|证券(?:公司|机构|监督|期货|从业)|存款(?:保险|准备金|类金融机构)',
    '健康证明?(?:编号|号)?|卫生许可证?|违法(?:收入|所得)|非法收入',
  ].join('|'),
  'g',
)

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
  // One expression for all rules: nearly every cell is harmless and is looked at once.
  const patterns = rules.flatMap(rule => rule.valuePatterns)
  const any = patterns.length === 0 ? null : new RegExp(patterns.map(one => `(?:${one})`).join('|'), 'u')
  const inValue = (value: string): ProhibitedFound | null => {
    const half = toHalfWidth(value)
    if (any === null || !any.test(half)) return null
    const text = half.replace(HARMLESS, '')
    return compiled.find(rule => rule.values.some(pattern => pattern.test(text)))?.found ?? null
  }
  return { inHeading, inValue }
}
