import * as z from 'zod'
import { isDay } from '../base/day.ts'
import { isVerifyCode, type VerifyCode } from './verify-code.ts'

// A finished report: everything that stands on the paper, and nothing else. PDF, HTML and JSON are three forms of it.

/** The states of a record, each with one word, one shape and one edge at every outlet. */
export const STATE_MARKS = [
  'displayed',
  'in-force',
  'declared',
  'contested',
  'commented',
  'repaired',
  'over',
  'annulled',
  'removed',
  'corrected',
  'suspended',
  'court',
  'unverified',
  'performed',
  'partly-performed',
  'not-performed',
] as const

/** The eight counts of the summary, in the order of the national layout V2.0. */
export const SUMMARY_LABELS = [
  '行政管理',
  '诚实守信',
  '严重失信',
  '经营异常',
  '信用承诺',
  '信用评价',
  '司法判决',
  '其他',
] as const

/** The numbers of a layout's blocks, in order; 附 is the city's own supplement. */
export const SECTION_NUMBERS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '附'] as const

const Line = z.string().min(1).max(500)
const Text = z.string().max(20_000)
const Count = z.int().nonnegative()
const DayText = z.string().refine(isDay, 'not an existing day')

export const StateMark = z.strictObject({
  state: z.enum(STATE_MARKS),
  /** The words beside the shape, days included: 公示中，至2027-03-02. */
  text: z.string().min(1).max(60),
})
export type StateMark = z.infer<typeof StateMark>

export const ReportField = z.strictObject({
  name: Line,
  /** As it is to be read. An empty value prints as “—”. Line feeds are kept. */
  value: Text,
  /** The article the value rests on, printed small beneath it. */
  basis: Text.optional(),
})
export type ReportField = z.infer<typeof ReportField>

export const ReportRecord = z.strictObject({
  /** The document's name and number; empty for a record that needs no heading (登记注册基础信息). */
  title: Text,
  marks: z.array(StateMark).max(8),
  fields: z.array(ReportField).min(1).max(100),
  /** 主体说明: the subject's own words, printed directly beneath the record. */
  comment: Text.optional(),
  /** 来源：市市场监管局 · 2026-03-05报送. Empty prints nothing. */
  provenance: Text,
})
export type ReportRecord = z.infer<typeof ReportRecord>

export const ReportSection = z.strictObject({
  no: z.enum(SECTION_NUMBERS),
  title: Line,
  /** Where the section's data come from and how fresh they are; one quiet line. */
  source: Text,
  /** True where records are counted 第1条, 第2条 …; false for a single descriptive record. */
  counted: z.boolean(),
  records: z.array(ReportRecord),
  /** Running text (信用状况提升建议). */
  paragraphs: z.array(Text),
  /** What a section without records and paragraphs says: 查询期内无相关信息. */
  emptyText: Line,
})
export type ReportSection = z.infer<typeof ReportSection>

export const DomainResult = z
  .strictObject({
    name: Line,
    /** 未查询到违法违规记录, or 有2条. */
    result: Line,
    count: Count,
    records: z.array(ReportRecord),
  })
  .refine(domain => domain.count === domain.records.length, { path: ['count'], message: 'count differs from the records listed' })
export type DomainResult = z.infer<typeof DomainResult>

const Shared = {
  /** 法人和非法人组织公共信用信息报告. */
  title: Line,
  /** V2.0. */
  layoutEdition: z.string().min(1).max(20),
  /** 17 digits of the instant (YYYYMMDDHHmmssSSS) and five letters or digits. */
  number: z.string().regex(/^\d{17}[0-9A-Z]{5}$/),
  /** ISO 8601 with the city's offset; printed as written, never converted. */
  issuedAt: z.iso.datetime({ offset: true }),
  issuer: Line,
  cityName: Line,
  /** True prints 示例城市：全部数据为虚构 on every page. */
  exampleCity: z.boolean(),
  subject: z.strictObject({
    name: Line,
    uscc: z.string().min(1).max(40),
    /** 企业, 个体工商户, 事业单位 … */
    kindName: Line,
    /** Further lines of the cover, in order. */
    particulars: z.array(z.strictObject({ name: Line, value: Text })).max(20),
  }),
  /** 主体标签: 存续, 守信激励对象 … Facts of departments, never a grade of the platform. */
  labels: z.array(z.string().min(1).max(40)).max(12),
  sections: z.array(ReportSection),
  /** 报告说明, one statement a line. */
  statements: z.array(Text),
  verifyCode: z.custom<VerifyCode>(code => typeof code === 'string' && isVerifyCode(code), 'not a verification code'),
  /** What the QR code opens: the address of the verification page with the code in it. */
  verifyUrl: z.url({ protocol: /^https?$/ }).max(300),
  /** Last words of the report: sources that were late, what a mark means. */
  notes: z.array(Text),
}

const SummaryCount = z.strictObject({ label: Line, count: Count })

const inNationalOrder = (summary: readonly { label: string }[]) => summary.every((count, i) => count.label === SUMMARY_LABELS[i])

export const PublicReport = z.strictObject({
  kind: z.literal('public'),
  ...Shared,
  summary: z
    .array(SummaryCount)
    .length(SUMMARY_LABELS.length)
    .refine(inNationalOrder, 'the eight counts stand in the national order'),
  validUntil: DayText.optional(),
})
export type PublicReport = z.infer<typeof PublicReport>

/** 专项信用报告: replaces certificates of no violation; one window, the domains the subject chose, valid one month. */
export const SpecialReport = z.strictObject({
  kind: z.literal('special'),
  ...Shared,
  window: z
    .strictObject({ from: DayText, to: DayText, sentence: Line })
    .refine(window => window.from <= window.to, 'window ends before it begins'),
  domains: z.array(DomainResult).min(1),
  /** The last line of the table of domains: the report never answers for criminal records, 由主管机关另行出具. */
  criminalRecord: Line,
  /** Counts of this layout's own groups; none prints no summary. */
  summary: z.array(SummaryCount).max(10),
  validUntil: DayText,
})
export type SpecialReport = z.infer<typeof SpecialReport>

/** The complete input of rendering. Refuses a section twice or out of order. */
export const ReportModel = z
  .discriminatedUnion('kind', [PublicReport, SpecialReport])
  .refine(report => inSectionOrder(report.sections), {
    path: ['sections'],
    message: 'sections stand once each, in the order of the layout',
  })
export type ReportModel = z.infer<typeof ReportModel>

function inSectionOrder(sections: readonly { no: (typeof SECTION_NUMBERS)[number] }[]): boolean {
  const places = sections.map(section => SECTION_NUMBERS.indexOf(section.no))
  return places.every((place, i) => i === 0 || place > (places[i - 1] ?? -1))
}
