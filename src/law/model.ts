import { z } from 'zod'
import { type Day, isDay } from '../base/day.ts'
import { SUBJECT_KINDS } from '../subject/kind.ts'

/*
 * The nouns of `law/` and `city/`: what a YAML file may say. Every object is strict: a typing mistake is an error, not an ignored key.
 * What these shapes cannot say (a reference that leads nowhere, a gap between editions) is said by `check.ts`, with file and line.
 */

export const dayText = z
  .string()
  .refine(isDay, 'law.day-invalid')
  .transform(text => text as Day)
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'law.id-malformed')

/** One scale for every value of the law (principle 12). The last three are refused by `check-law --production`. */
export const CONFIDENCES = ['primary', 'secondary', 'computed', 'memory', 'proposal', 'unknown'] as const
export const confidence = z.enum(CONFIDENCES)
export type Confidence = z.infer<typeof confidence>

/** `instrument#article`, or the instrument alone where the act has no articles or the article is not known. */
export const basis = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*(#[0-9A-Za-z.一二三四五六七八九十百()（）-]+)?$/, 'law.basis-malformed')
export type Basis = z.infer<typeof basis>

/** What every value that comes from the law carries. */
const sourced = { basis: z.array(basis).min(1), confidence, note: z.string().optional() }

/** law/instruments/*.yaml: `instruments: [...]` */
export const instrument = z.strictObject({
  id: slug,
  title: z.string().min(1),
  number: z.string().nullable(),
  issuer: z.string().nullable(),
  level: z.enum([
    'law',
    'regulation',
    'central-policy',
    'judicial-interpretation',
    'departmental-rule',
    'local-regulation',
    'local-rule',
    'policy',
    'standard',
    'draft',
  ]),
  inForceFrom: dayText.nullable(),
  inForceUntil: dayText.nullable(),
  repealedBy: slug.optional(),
  confidence,
  source: z.string().optional(),
  note: z.string().optional(),
  /** Official text, entered by a person with its source; absent text is shown as 条文原文待录入. */
  articles: z
    .array(
      z.strictObject({
        article: z.string(),
        text: z.string().optional(),
        textSource: z.string().optional(),
        enteredBy: z.string().optional(),
        enteredOn: dayText.optional(),
      }),
    )
    .default([]),
})
export type Instrument = z.infer<typeof instrument>
export const instrumentFile = z.strictObject({ instruments: z.array(instrument).min(1) })

/** law/catalogue/classes.yaml */
export const catalogueClass = z.strictObject({
  id: z.string().regex(/^(0[1-9]|1[0-3])$/),
  name: z.string().min(1),
  sinceYear: z.int(),
  ...sourced,
})
export type CatalogueClass = z.infer<typeof catalogueClass>
export const classFile = z.strictObject({ classes: z.array(catalogueClass) })

/** law/catalogue/code-lists/*.yaml. `text` is what a file carries and a page shows; `aliases` are accepted on the way in. */
export const codeList = z.strictObject({
  list: slug,
  name: z.string().min(1),
  /** Values outside the list accepted when written `其他-…`. */
  openEnded: z.boolean().default(false),
  values: z
    .array(z.strictObject({ code: z.string().min(1), text: z.string().min(1), aliases: z.array(z.string()).default([]) }))
    .min(1),
  ...sourced,
})
export type CodeList = z.infer<typeof codeList>

export const subjectKind = z.enum(SUBJECT_KINDS)
export type { SubjectKind } from '../subject/kind.ts'

export const FIELD_TYPES = [
  'text',
  'name',
  'person-name',
  'day',
  'amount',
  'integer',
  'decimal',
  'code-list',
  'multi-code-list',
  'uscc',
  'organisation-code',
  'registration-number',
  'tax-number',
  'id-number',
  'document-number',
  'telephone',
  'address',
] as const

export const field = z.strictObject({
  /** The column's code, e.g. CF_WSH. */
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  /** The column's heading in a template and on a page. */
  name: z.string().min(1),
  aliases: z.array(z.string()).default([]),
  type: z.enum(FIELD_TYPES),
  /** Longest value in characters. */
  length: z.int().positive().optional(),
  required: z.boolean().default(false),
  list: slug.optional(),
  /** For `amount`: the unit of a bare number; the archive keeps yuan with four decimals. */
  unit: z.enum(['yuan', 'wan-yuan']).optional(),
  /** `day` only: 2099/12/31 and 长期 mean no end. */
  longTerm: z.boolean().default(false),
  /** Shown to anyone where the record itself is public. */
  public: z.boolean().default(false),
  /** What is done to the value before anyone but the platform's own line sees it in public. */
  mask: z.enum(['none', 'id-number', 'person-name', 'free-text', 'telephone', 'address']).default('none'),
  confidence: confidence.optional(),
  note: z.string().optional(),
})
export type Field = z.infer<typeof field>

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
})
export type Roles = z.infer<typeof roles>

export const publicationRule = z.discriminatedUnion('rule', [
  /** Never on the portal. */
  z.strictObject({ rule: z.literal('never'), ...sourced }),
  /** As long as it is the subject's standing registration. */
  z.strictObject({ rule: z.literal('standing'), ...sourced }),
  /** From the act to the end of its own validity. */
  z.strictObject({ rule: z.literal('while-valid'), atMostMonths: z.int().positive().optional(), ...sourced }),
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

export const GRAVITIES = ['minor', 'general', 'serious'] as const
export const gravity = z.enum(GRAVITIES)
export type Gravity = z.infer<typeof gravity>

const displayed = z.strictObject({
  shown: z.boolean(),
  atLeastMonths: z.int().nonnegative().nullable(),
  atMostMonths: z.int().positive().nullable(),
  ...sourced,
})

/** law/disclosure/regimes.yaml */
export const regime = z.strictObject({
  id: z.string(),
  name: z.string(),
  ...sourced,
  appliesFrom: dayText,
  appliesUntil: dayText.nullable(),
  startsOn: z.enum(['decision']),
  /** How a penalty gets its case under this regime: first match governs; `longest: true` where several kinds → the longest. */
  cases: z.array(
    z.strictObject({
      case: slug,
      when: z.strictObject({
        procedure: z.enum(['simple', 'ordinary']).optional(),
        onlyKinds: z.array(z.string()).optional(),
        anyKind: z.array(z.string()).optional(),
        gravity: gravity.optional(),
        domains: z.array(z.string()).optional(),
        otherwise: z.literal(true).optional(),
      }),
      ...displayed.shape,
    }),
  ),
})
export type Regime = z.infer<typeof regime>

/** The gravity of a penalty from its kinds and amount, by industry: law/disclosure/gravity@….yaml, and a city's thresholds. */
export const gravityTable = z.strictObject({
  edition: slug,
  inForceFrom: dayText,
  kinds: z.array(
    z.strictObject({
      kind: z.string(),
      gravity: z.union([gravity, z.literal('by-amount'), z.literal('by-officer')]),
      ...sourced,
    }),
  ),
  simpleProcedure: z.strictObject({ gravity, ...sourced }),
  /** From this amount in yuan on the fine is 较大数额 (general) or 巨额 (serious), by domain; `*` any other. */
  thresholds: z.array(
    z.strictObject({ domain: z.string(), generalFrom: z.number().nonnegative(), seriousFrom: z.number().positive(), ...sourced }),
  ),
})
export type GravityTable = z.infer<typeof gravityTable>

export const regimeFile = z.strictObject({
  regimes: z.array(regime).min(1),
  transition: z.strictObject({ rule: z.literal('earliest-end'), ...sourced }),
  /** Publishers whose own publication is mirrored, never computed. */
  mirrors: z.array(z.strictObject({ domain: z.string(), publisher: z.string(), ...sourced })),
  gravity: z.array(gravityTable).default([]),
})
export type RegimeFile = z.infer<typeof regimeFile>

/** law/prohibited.yaml */
export const prohibitedContent = z.strictObject({
  id: slug,
  name: z.string(),
  about: z.literal('natural-person'),
  /** `never`, or only with the person's written consent. */
  allowed: z.enum(['never', 'with-consent']),
  headings: z.array(z.string()),
  valuePatterns: z.array(z.string()).default([]),
  ...sourced,
})
export const prohibitedFile = z.strictObject({ prohibited: z.array(prohibitedContent).min(1) })
export type ProhibitedContent = z.infer<typeof prohibitedContent>

/** law/calendar/<year>.yaml: the State Council's notice of one year. */
export const calendarYear = z.strictObject({
  year: z.int(),
  instrument: slug,
  confidence,
  source: z.string().optional(),
  holidays: z.array(z.strictObject({ name: z.string(), from: dayText, to: dayText })),
  /** Weekend days that are worked (调休). */
  workedWeekends: z.array(dayText),
})
export type CalendarYear = z.infer<typeof calendarYear>

/** law/reports/domains.yaml: the 45 domains of the special report. */
export const domainFile = z.strictObject({
  domains: z.array(
    z.strictObject({ id: slug, name: z.string(), order: z.int(), batch: z.union([z.literal(1), z.literal(2)]), ...sourced }),
  ),
})
export type Domain = z.infer<typeof domainFile>['domains'][number]

/** law/reports/<kind>@<day>.yaml */
export const reportLayout = z.strictObject({
  layout: z.enum(['public', 'special']),
  title: z.string(),
  inForceFrom: dayText,
  inForceUntil: dayText.nullable().default(null),
  ...sourced,
  summary: z.array(z.strictObject({ label: z.string(), sections: z.array(z.enum(REPORT_SECTIONS)) })),
  sections: z.array(
    z.strictObject({
      no: z.string(),
      section: z.enum(REPORT_SECTIONS),
      title: z.string(),
      subjects: z.array(subjectKind).optional(),
    }),
  ),
  emptyText: z.string(),
  statements: z.array(z.string()),
  advice: z.string().optional(),
  /** Special report. */
  windows: z.array(z.int()).default([]),
  validMonths: z.int().positive().nullable(),
  criminalRecord: z.string().optional(),
})
export type ReportLayout = z.infer<typeof reportLayout>

/** law/lists/<list>.yaml */
export const listRule = z.strictObject({
  list: slug,
  name: z.string(),
  authority: z.string(),
  termMonths: z.int().positive().nullable(),
  /** Said on the page before any row: how one leaves the list. */
  exit: z.string(),
  /** `court`: shown as the court's own, nothing computed. */
  publisher: z.enum(['platform', 'court']),
  measures: z.array(slug).default([]),
  enabled: z.boolean(),
  ...sourced,
})
export type ListRule = z.infer<typeof listRule>

/** law/measures.yaml: what an officer is prompted with. A measure without statute or end stays closed. */
export const measure = z.strictObject({
  id: slug,
  name: z.string(),
  kind: z.enum(['by-law', 'in-course-of-duty', 'at-own-discretion']),
  target: z.enum(['organisation', 'person', 'both']),
  statutes: z.array(basis),
  body: z.string().nullable(),
  term: z.string().nullable(),
  enabled: z.boolean(),
  confidence,
  note: z.string().optional(),
})
export type Measure = z.infer<typeof measure>
export const measureFile = z.strictObject({ measures: z.array(measure) })
