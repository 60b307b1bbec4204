import type { Day } from '../base/day.ts'
import type { Facts } from '../base/refusal.ts'
import type { CrossRule } from '../law/item-model.ts'
import type { Law } from '../law/law.ts'
import { findUnitByName } from '../law/law.ts'

/*
 * The closed set of cross-field rules that an item may name. A rule sees canonical values; it answers the column at fault, or null.
 */

export type RuleFault = {
  readonly field: string
  readonly code: string
  readonly basis: string | null
  readonly facts: Facts
  readonly severity: 'error' | 'warning'
}
export type RuleContext = { readonly receivedOn: Day; readonly law: Pick<Law, 'unitByUscc' | 'unitByName'> }
export type RowRule = (content: Readonly<Record<string, string>>, context: RuleContext) => RuleFault | null

type Make = (field: string, code: string, facts?: Facts, severity?: 'error' | 'warning') => RuleFault
type Compilers = { readonly [Name in CrossRule['rule']]: (rule: Extract<CrossRule, { rule: Name }>, fault: Make) => RowRule }

const COMPILERS: Compilers = {
  'not-after-report-day':
    (rule, fault) =>
    (content, { receivedOn }) =>
      (content[rule.field] ?? '') > receivedOn
        ? fault(rule.field, 'decision.after-report-day', { value: content[rule.field], reportedOn: receivedOn })
        : null,
  'not-before': (rule, fault) => content => {
    const [one, other] = [content[rule.field], content[rule.other]]
    return one && other && one < other ? fault(rule.field, 'day.before-other', { value: one, other }) : null
  },
  'amount-when-listed': (rule, fault) => content =>
    lists(content[rule.list], rule.values) && !(Number(content[rule.field] ?? 0) > 0)
      ? fault(rule.field, 'amount.missing-for-kind', { kinds: rule.values.join('、') })
      : null,
  'filled-when-listed': (rule, fault) => content =>
    lists(content[rule.list], rule.values) && !content[rule.field]
      ? fault(rule.field, 'field.missing-for-kind', { kinds: rule.values.join('、') })
      : null,
  'empty-unless-listed': (rule, fault) => content => {
    const value = content[rule.field]
    return value && Number(value) !== 0 && !lists(content[rule.list], rule.values)
      ? fault(rule.field, 'field.not-of-kind', { kinds: rule.values.join('、') })
      : null
  },
  'filled-when': (rule, fault) => content =>
    rule.is.includes(content[rule.when] ?? '') && !content[rule.field]
      ? fault(rule.field, 'field.missing-when', { when: content[rule.when] })
      : null,
  'empty-when': (rule, fault) => content =>
    rule.is.includes(content[rule.when] ?? '') && content[rule.field]
      ? fault(rule.field, 'field.not-when', { when: content[rule.when] })
      : null,
  'filled-together': (rule, fault) => content => {
    const missing = rule.fields.filter(field => !content[field])
    return missing.length > 0 && missing.length < rule.fields.length ? fault(missing[0] as string, 'field.filled-together') : null
  },
  'at-least-one': (rule, fault) => content =>
    rule.fields.some(field => content[field]) ? null : fault(rule.fields[0] as string, 'field.at-least-one'),
  'unit-name-and-code': (rule, fault) => (content, context) =>
    unitPair(content[rule.name], content[rule.code], rule.code, context, fault),
  'uscc-fits-category': (rule, fault) => content => {
    const [uscc, category] = [content[rule.uscc], content[rule.category]]
    if (!uscc || !category || uscc.startsWith('92') === category.includes('个体')) return null
    return fault(rule.category, 'uscc.not-of-category', { category }, rule.severity)
  },
  'amount-agrees-with-text': (rule, fault) => content =>
    amountDisagrees(content[rule.field], content[rule.text])
      ? fault(rule.field, 'penalty.fine-unit', { value: content[rule.field] }, rule.severity)
      : null,
}

/** The closure of a rule. */
export function compileRule(rule: CrossRule): RowRule {
  const basis = rule.basis[0] ?? null
  const fault: Make = (field, code, facts = {}, severity = 'error') => ({ field, code, basis, facts, severity })
  return (COMPILERS[rule.rule] as (rule: CrossRule, fault: Make) => RowRule)(rule, fault)
}

/** Several values are joined by `;`; `其他-…` counts as 其他; a listed word also stands for values that begin with it. */
function lists(given: string | undefined, wanted: readonly string[]): boolean {
  if (!given) return false
  if (wanted.includes(given)) return true
  const values = given.includes(';') ? given.split(';') : [given]
  for (const value of values) for (const want of wanted) if (isListed(value, want)) return true
  return false
}

function isListed(value: string, want: string): boolean {
  return value.startsWith(want) && (value.length === want.length || value[want.length] === '-')
}

function unitPair(
  name: string | undefined,
  code: string | undefined,
  field: string,
  { law }: RuleContext,
  fault: Make,
): RuleFault | null {
  if (!name && !code) return null
  const byCode = code ? law.unitByUscc.get(code) : undefined
  const byName = name ? findUnitByName(law as Law, name) : undefined
  if (code && !byCode) return fault(field, 'unit.code-unknown', { unit: name })
  if (name && !byName) return fault(field, 'unit.name-unknown', { unit: name })
  return byCode && byName && byCode.id !== byName.id ? fault(field, 'unit.name-and-code-differ', { unit: name }) : null
}

const IN_TEXT = /(?:罚款|处以|处)(?:人民币)?\s*([\d,，.]+)\s*(亿元|万元|元)/

/** True for a text of Chinese characters, their stops and ASCII, which NFKC leaves as it is where sums are concerned. */
function isFolded(text: string): boolean {
  return /^[\u0020-\u007e\u3001-\u3015\u4e00-\u9fff，。；：（）]*$/.test(text)
}

/** True where the text names one fine and the amount is 10,000 times more or less: a column filled in the other unit. */
function amountDisagrees(amount: string | undefined, text: string | undefined): boolean {
  if (!amount || !text) return false
  const found = IN_TEXT.exec(isFolded(text) ? text : text.normalize('NFKC'))
  if (!found?.[1]) return false
  const unit = found[2] === '万元' ? 10_000 : found[2] === '亿元' ? 100_000_000 : 1
  const said = Number(found[1].replaceAll(',', '')) * unit
  const ratio = Number(amount) / said
  return Math.abs(ratio - 10_000) < 1 || Math.abs(ratio - 0.0001) < 1e-7
}
