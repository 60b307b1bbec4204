import { z } from 'zod'
import { dayText, field, slug, sourced, subjectKind } from './model.ts'

/* One catalogue item in one edition: its columns' parts, its cross-field rules, how long it is shown. */

/** A cross-field rule: a name from the closed set that `src/validation/rules.ts` implements, and its columns. */
const code = z.string()
export const crossRule = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('not-after-report-day'), field: code, ...sourced }),
  z.strictObject({ rule: z.literal('not-before'), field: code, other: code, ...sourced }),
  z.strictObject({
    rule: z.literal('amount-when-listed'),
    field: code,
    list: code,
    values: z.array(z.string()).min(1),
    ...sourced,
  }),
  z.strictObject({
    rule: z.literal('filled-when-listed'),
    field: code,
    list: code,
    values: z.array(z.string()).min(1),
    ...sourced,
  }),
  z.strictObject({
    rule: z.literal('empty-unless-listed'),
    field: code,
    list: code,
    values: z.array(z.string()).min(1),
    ...sourced,
  }),
  z.strictObject({ rule: z.literal('filled-when'), field: code, when: code, is: z.array(z.string()).min(1), ...sourced }),
  z.strictObject({ rule: z.literal('empty-when'), field: code, when: code, is: z.array(z.string()).min(1), ...sourced }),
  z.strictObject({ rule: z.literal('filled-together'), fields: z.array(code).min(2), ...sourced }),
  z.strictObject({ rule: z.literal('at-least-one'), fields: z.array(code).min(2), ...sourced }),
  z.strictObject({ rule: z.literal('unit-name-and-code'), name: code, code: code, ...sourced }),
  z.strictObject({
    rule: z.literal('uscc-fits-category'),
    uscc: code,
    category: code,
    severity: z.enum(['error', 'warning']),
    ...sourced,
  }),
  z.strictObject({
    rule: z.literal('amount-agrees-with-text'),
    field: code,
    text: code,
    severity: z.enum(['error', 'warning']),
    ...sourced,
  }),
])
export type CrossRule = z.infer<typeof crossRule>

/** Which column plays which part on the line. Columns are named by code. */
export const roles = z.strictObject({
  subjectName: code,
  uscc: code.optional(),
  organisationCode: code.optional(),
  registrationNumber: code.optional(),
  taxNumber: code.optional(),
  institutionNumber: code.optional(),
  category: code.optional(),
  idType: code.optional(),
  idNumber: code.optional(),
  /** Tells whether somebody is of age whose document's number does not (docs/decisions/0019); asked for, never kept. */
  birth: code.optional(),
  formerName: code.optional(),
  legalRepresentative: code.optional(),
  /** The day of the act: the decision, the listing, the registration. */
  decidedOn: code,
  /** The deciding body. */
  authorityName: code.optional(),
  authorityCode: code.optional(),
  providerName: code.optional(),
  providerCode: code.optional(),
  /** The document's own number: one column, or several that together name the document. */
  documentNumber: z.array(code).min(1),
  validFrom: code.optional(),
  validUntil: code.optional(),
  /** The sender's 公示截止期. */
  shownUntil: code.optional(),
  removedOn: code.optional(),
  /** 失信分类 (轻微, 一般, 严重) and 处罚程序 as the sender gives them. */
  gravity: code.optional(),
  procedure: code.optional(),
  penaltyKinds: code.optional(),
  fine: code.optional(),
  confiscation: code.optional(),
  status: code.optional(),
  title: code.optional(),
  /** For registration items: what keeps the subject's card. */
  district: code.optional(),
  address: code.optional(),
  enterpriseType: code.optional(),
  registrationStatus: code.optional(),
  endedOn: code.optional(),
  foundedOn: code.optional(),
  /** For a notice of a single change: what was changed, and what the register said before and says after. */
  changedMatter: code.optional(),
  valueBefore: code.optional(),
  valueAfter: code.optional(),
})
export type Roles = z.infer<typeof roles>

/** What a record is shown as once a unit has found a breach: by which columns, since which day, how long at least (for repair) and at most. */
const breach = z.strictObject({
  when: z.record(code, z.array(z.string()).min(1)),
  from: code,
  gravity: z.enum(['general', 'serious']),
  atLeastMonths: z.int().positive(),
  atMostMonths: z.int().positive(),
  ...sourced,
})

export const publicationRule = z.discriminatedUnion('rule', [
  /** Never on the portal. */
  z.strictObject({ rule: z.literal('never'), ...sourced }),
  /** As long as it is the subject's standing registration. */
  z.strictObject({ rule: z.literal('standing'), ...sourced }),
  /** From the act to the end of its own validity. */
  z.strictObject({
    rule: z.literal('while-valid'),
    atMostMonths: z.int().positive().optional(),
    /** Where the row can say that what was promised was not kept: the first that fits holds instead. */
    breaches: z.array(breach).optional(),
    ...sourced,
  }),
  /** From the listing to the removal or the term's end. `termMonths: null`: until removed. */
  z.strictObject({ rule: z.literal('while-listed'), termMonths: z.int().positive().nullable(), ...sourced }),
  /** By penalty class under the regimes of law/disclosure/regimes.yaml. */
  z.strictObject({ rule: z.literal('by-regime'), ...sourced }),
  z.strictObject({ rule: z.literal('fixed'), months: z.int().positive(), ...sourced }),
])
export type PublicationRule = z.infer<typeof publicationRule>

export const REPORT_SECTIONS = [
  'registration',
  'administration',
  'honours',
  'serious-lists',
  'abnormal',
  'commitments',
  'ratings',
  'judicial',
  'professional',
  'other',
  'local',
] as const

/** law/catalogue/items/<item>@<day>.yaml: one item in one edition. A new item is one such file and nothing else. */
export const catalogueItem = z.strictObject({
  item: slug,
  name: z.string().min(1),
  class: z.string(),
  nature: z.enum([
    'registration',
    'decision',
    'listing',
    'judgment',
    'commitment',
    'rating',
    'honour',
    'contract',
    'status',
    'qualification',
    'property-right',
    'declaration',
  ]),
  /** `adverse` takes something away: such a record is never filed by name alone. */
  effect: z.enum(['adverse', 'favourable', 'neutral']),
  subjects: z.array(subjectKind).min(1),
  /** The item's own permission to be recorded. */
  ...sourced,
  inForceFrom: dayText,
  inForceUntil: dayText.nullable().default(null),
  disclosure: z.strictObject({
    mode: z.enum(['public', 'government', 'authorised']),
    /** Chosen record by record (信用承诺的公开类型): public where this column says one of these texts, `mode` otherwise. A reader that does not know it shows nothing. */
    publicWhen: z.strictObject({ field: code, is: z.array(z.string()).min(1) }).optional(),
    /** Shown to nobody but its subject unless this column says one of these texts (自主申报的核验状态). */
    onlyWhen: z.strictObject({ field: code, is: z.array(z.string()).min(1) }).optional(),
    ...sourced,
  }),
  publication: publicationRule,
  clocks: z.strictObject({
    /** To the platform. */
    report: z.union([
      z.strictObject({ workingDays: z.int().positive(), ...sourced }),
      z.strictObject({ monthly: z.literal(true), ...sourced }),
    ]),
    /** To publication. */
    publish: z.strictObject({ workingDays: z.int().positive(), ...sourced }).nullable(),
  }),
  /** Years kept after the record's end (null: while the subject stands). */
  retention: z.strictObject({ years: z.int().positive().nullable(), ...sourced }),
  mayFileByNameAlone: z.boolean().default(false),
  roles,
  /** For a notice of a single change: the texts of its `changedMatter` that mean the name and nothing else. */
  nameChange: z.strictObject({ matters: z.array(z.string().min(1)).min(1), ...sourced }).optional(),
  fields: z.array(field).min(3),
  rules: z.array(crossRule).default([]),
  /** Headings of older tables: edition → old column code or heading → our column code. */
  legacy: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  report: z.strictObject({
    section: z.enum(REPORT_SECTIONS),
    heading: z.string().min(1),
    order: z.int(),
    /** Counts as a violation in the special report. */
    violation: z.boolean().default(false),
  }),
  /** For listing items: the list it enters (law/lists). */
  list: slug.optional(),
  /** The 双公示 register of the portal that its public records stand in. */
  register: z.enum(['licences', 'penalties']).optional(),
})
export type CatalogueItem = z.infer<typeof catalogueItem>
