import { z } from 'zod'
import { confidence, dayText, slug, sourced } from './model.ts'

/*
 * law/notices/<notice>@<day>.yaml: a letter that is served on a subject, or goes from one unit to another. Its words are the template's; a
 * case fills in typed facts and nothing else.
 */

/** What a letter may have to tell. */
export const CONTENTS = [
  'grounds',
  'facts',
  'basis',
  'consequences',
  'defence',
  'hearing',
  'outcome',
  'remedies',
  'exit',
  'duty',
  'term',
  'place',
] as const
export type Content = (typeof CONTENTS)[number]

/**
 * Kinds of letters, each with what it must tell whoever it is served on: before a list its five contents (国办发〔2020〕49号 四; M205), the right to
 * state and defend with the way out; a decision that takes away its facts, its basis and its remedies.
 */
export const NOTICE_KINDS = {
  'listing-notice': ['grounds', 'facts', 'basis', 'consequences', 'defence', 'exit'],
  'adverse-notice': ['grounds', 'facts', 'basis', 'consequences', 'defence'],
  'hearing-notice': ['grounds', 'basis', 'hearing', 'place'],
  'adverse-decision': ['facts', 'grounds', 'basis', 'outcome', 'consequences', 'remedies', 'exit'],
  refusal: ['grounds', 'basis', 'outcome', 'remedies'],
  favourable: ['basis', 'outcome'],
  guidance: ['basis', 'exit'],
  receipt: ['basis', 'outcome', 'term'],
  order: ['facts', 'basis', 'duty', 'term', 'defence'],
  interview: ['grounds', 'basis', 'duty', 'place'],
  'between-units': ['grounds', 'basis', 'duty', 'term'],
  'result-between-units': ['grounds', 'basis', 'outcome'],
} as const satisfies Readonly<Record<string, readonly Content[]>>
export type NoticeKind = keyof typeof NOTICE_KINDS

/** Letters that take away or announce it: they are never counted as served because they were put somewhere. */
export const ADVERSE: ReadonlySet<NoticeKind> = new Set([
  'listing-notice',
  'adverse-notice',
  'hearing-notice',
  'adverse-decision',
  'refusal',
  'order',
])
/** Letters that end something for the subject: both remedies stand in them. */
export const WITH_REMEDIES: ReadonlySet<NoticeKind> = new Set(['adverse-decision', 'refusal'])

/** What the platform fills in by itself; no case says who writes, to whom, when, under which number. */
export const OWN_BLANKS = ['subject', 'unit', 'number', 'day', 'platform', 'contact'] as const
export type OwnBlank = (typeof OWN_BLANKS)[number]

export const BLANK_TYPES = ['text', 'paragraph', 'lines', 'day', 'count', 'bases', 'unit'] as const
export type BlankType = (typeof BLANK_TYPES)[number]

const noticeBlank = z.strictObject({
  blank: slug,
  name: z.string().min(1),
  type: z.enum(BLANK_TYPES),
  required: z.boolean().default(true),
})
export type NoticeBlank = z.infer<typeof noticeBlank>

const paragraph = z.strictObject({
  /** Which contents the paragraph tells; none: what holds the letter together. */
  says: z.array(z.enum(CONTENTS)).default([]),
  /** Printed only where this optional blank is filled in. */
  with: slug.optional(),
  text: z.string().min(1),
  ...sourced,
})
export type NoticeParagraph = z.infer<typeof paragraph>

export const REMEDIES = ['reconsideration', 'suit', 'review'] as const
export type Remedy = (typeof REMEDIES)[number]

const remedy = z.strictObject({
  remedy: z.enum(REMEDIES),
  /** Counted from the day of service, which is not counted in. */
  within: z.union([
    z.strictObject({ days: z.int().positive() }),
    z.strictObject({ months: z.int().positive() }),
    z.strictObject({ workingDays: z.int().positive() }),
  ]),
  ...sourced,
})
export type NoticeRemedy = z.infer<typeof remedy>

/** By which a letter itself reaches somebody. */
export const CARRIERS = ['account', 'console', 'hand', 'post', 'publication'] as const
export type Carrier = (typeof CARRIERS)[number]
/** By which he is told that it waits; never service. */
export const MESSENGERS = ['sms', 'email'] as const
export type Messenger = (typeof MESSENGERS)[number]
export type Channel = Carrier | Messenger

const starts = z.union([
  /** `by-hand`: when a person does it. */
  z.enum(['at-once', 'by-hand']),
  z.strictObject({ unservedWorkingDays: z.int().positive() }),
  z.strictObject({ failed: z.enum(CARRIERS) }),
])

const served = z.union([
  z.enum(['on-opening', 'on-receipt']),
  z.strictObject({ workingDaysAfterPosting: z.int().positive() }),
  z.strictObject({ daysAfterPublication: z.int().positive() }),
])
export type ServedRule = z.infer<typeof served>

const channelRule = z.union([
  z.strictObject({ channel: z.enum(CARRIERS), starts, served, ...sourced }),
  z.strictObject({ channel: z.enum(MESSENGERS), starts }),
])
export type ChannelRule = z.infer<typeof channelRule>
export type CarrierRule = Extract<ChannelRule, { served: ServedRule }>

export const noticeTemplate = z.strictObject({
  notice: slug,
  inForceFrom: dayText,
  inForceUntil: dayText.nullable().default(null),
  name: z.string().min(1),
  kind: z.enum(Object.keys(NOTICE_KINDS) as [NoticeKind, ...NoticeKind[]]),
  to: z.enum(['subject', 'unit']),
  title: z.string().min(1),
  /** What it tells: at least what its kind must. */
  says: z.array(z.enum(CONTENTS)).min(1),
  blanks: z.array(noticeBlank).default([]),
  body: z.array(paragraph).min(1),
  remedies: z.array(remedy).default([]),
  /** In the order in which they are tried. */
  channels: z.array(channelRule).min(1),
  /** A letter that is served together with this one (两书同达). */
  accompaniedBy: slug.optional(),
  /** How long letter and proof are kept: as long as the case they belong to. */
  kept: z.literal('with-case'),
  basis: sourced.basis,
  confidence,
  note: z.string().optional(),
})
export type NoticeTemplate = z.infer<typeof noticeTemplate>

/** `notice@2026-04-01`: the edition a letter was written by. */
export const editionOf = ({ notice, inForceFrom }: Pick<NoticeTemplate, 'notice' | 'inForceFrom'>): string =>
  `${notice}@${inForceFrom}`

export const isCarrier = (rule: ChannelRule): rule is CarrierRule => 'served' in rule

/** A mark of a template: a blank, an article it cites, the term of a remedy. Anything else in braces is `odd`. */
export type Mark =
  | { readonly kind: 'blank'; readonly blank: string }
  | { readonly kind: 'article'; readonly basis: string }
  | { readonly kind: 'term'; readonly remedy: string }
  | { readonly kind: 'odd'; readonly text: string }

const MARK = /\{([^{}]*)\}|[{}]/g

/** The marks of a text in their order, and the words between them. */
export function partsOf(text: string): (string | Mark)[] {
  const parts: (string | Mark)[] = []
  let from = 0
  for (const found of text.matchAll(MARK)) {
    if (found.index > from) parts.push(text.slice(from, found.index))
    parts.push(markOf(found[0], found[1]))
    from = found.index + found[0].length
  }
  if (from < text.length) parts.push(text.slice(from))
  return parts
}

export const marksOf = (text: string): Mark[] => partsOf(text).filter(part => typeof part !== 'string')

function markOf(whole: string, inner: string | undefined): Mark {
  if (inner === undefined) return { kind: 'odd', text: whole }
  if (inner.startsWith('article:')) return { kind: 'article', basis: inner.slice('article:'.length) }
  if (inner.startsWith('term:')) return { kind: 'term', remedy: inner.slice('term:'.length) }
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(inner) ? { kind: 'blank', blank: inner } : { kind: 'odd', text: whole }
}
