import { isBranchName, nameKey } from './name.ts'
import type { Uscc } from './uscc.ts'

export const SUBJECT_KINDS = [
  'enterprise',
  'branch',
  'sole-trader',
  'co-operative',
  'public-institution',
  'social-organisation',
  'government-body',
  'natural-person',
] as const

/** The kinds of subject the platform keeps a file for. */
export type SubjectKind = (typeof SUBJECT_KINDS)[number]

/**
 * Kind by the first two characters of the code (GB 32100), by the first one where the second is not listed. Law firms
 * and other firms of the legal trade stand with the enterprises; rural collectives with the co-operatives, whose rules
 * they share; foreign offices, places of worship and unions with the social organisations.
 */
const KIND_BY_CODE: Readonly<Record<string, SubjectKind>> = {
  '11': 'government-body',
  '13': 'social-organisation',
  '1': 'public-institution',
  '2': 'social-organisation',
  '32': 'public-institution',
  '35': 'public-institution',
  '3': 'enterprise',
  '4': 'social-organisation',
  '5': 'social-organisation',
  '6': 'social-organisation',
  '7': 'social-organisation',
  '8': 'social-organisation',
  '92': 'sole-trader',
  '93': 'co-operative',
  '9': 'enterprise',
  A: 'public-institution',
  N: 'co-operative',
  Y: 'social-organisation',
}

/** Kinds whose parts are branches with a code of their own. */
const WITH_BRANCHES: ReadonlySet<SubjectKind> = new Set(['enterprise', 'co-operative'])

/** The kind of a subject from its code, and from its name where the code leaves open whether it is a branch. */
export function kindOf(uscc: Uscc, name: string): SubjectKind {
  const kind = KIND_BY_CODE[uscc.slice(0, 2)] ?? KIND_BY_CODE[uscc.slice(0, 1)] ?? 'enterprise'
  return WITH_BRANCHES.has(kind) && isBranchName(name) ? 'branch' : kind
}

const KIND_BY_NAME: readonly (readonly [RegExp, SubjectKind])[] = [
  [/合作社(?:联合社)?$/, 'co-operative'],
  [/(?:公司|合伙企业|合伙\)|集团|个人独资企业|律师事务所|会计师事务所)$/, 'enterprise'],
  [/(?:协会|学会|商会|联合会|基金会|促进会|民办非企业单位)$/, 'social-organisation'],
  [/(?:人民政府|管理局|监督局|公安局|税务局|财政局|委员会办公室|法院|检察院)$/, 'government-body'],
  [/(?:大学|学院|中学|小学|幼儿园|医院|研究院|研究所|图书馆|博物馆)$/, 'public-institution'],
]

/** The kind a name alone suggests; null where it suggests none. A hint for the person who decides, never a decision. */
export function kindFromName(name: string): SubjectKind | null {
  if (/[(（]个体工商户[)）]\s*$/.test(name)) return 'sole-trader'
  if (isBranchName(name)) return 'branch'
  const key = nameKey(name)
  return KIND_BY_NAME.find(([shape]) => shape.test(key))?.[1] ?? null
}
