import type { Day } from '../base/day.ts'
import type { Viewer } from '../law/masking-model.ts'
import { fieldPlan } from './field-plan.ts'
import { nothingPunished } from './gravity.ts'
import { shownTo } from './mask-for.ts'
import type {
  Audience,
  DisclosedField,
  DisclosedRecord,
  Disclosure,
  DisclosureContext,
  DisclosureLaw,
  Period,
  Reason,
  StateMark,
} from './model.ts'
import { effectPeriod, isShownOn, NOT_PUBLIC, publicationPeriod } from './period.ts'
import { VIEWS, type View } from './views.ts'

/**
 * What of a record is disclosed to an audience on a day, and why: the only function that decides it (principle 4). Every outlet of
 * outlets.ts asks it, none filters on its own.
 *
 * Refuses: persons, minor and ended records, whatever is repaired, annulled, corrected or suspended to the public; an officer without a
 * purpose; what needs an authorisation that is not registered; to a receiver whatever its subject did not grant, and what is over. Throws a RangeError where a special report is asked without a window.
 */
export function disclose(
  law: DisclosureLaw,
  record: DisclosedRecord,
  audience: Audience,
  context: DisclosureContext,
): Disclosure {
  const view = VIEWS[audience]
  const refusal = gate(audience, record, context)
  const answer: Decision = refusal ? { shown: false, because: [refusal] } : decide(law, record, audience, context)
  if (!answer.shown) return answer
  const viewer = context.viewer ?? view.viewer
  const { comment } = record
  return {
    ...answer,
    marks: [...answer.marks, ...besideOf(record)],
    fields: fieldsOf(law, record, audience, viewer),
    comment: comment && { ...comment, text: shownTo(law, 'free-text', viewer, comment.text) },
  }
}

/** Whether, for how long and why; what of it is seen is another question. */
type Decision = Omit<Extract<Disclosure, { shown: true }>, 'fields' | 'comment'> | Extract<Disclosure, { shown: false }>

function decide(law: DisclosureLaw, record: DisclosedRecord, audience: Audience, context: DisclosureContext): Decision {
  switch (audience) {
    case 'public':
    case 'public-report':
      return toPublic(law, record, context.day)
    case 'special-report':
      return toSpecialReport(record, context)
    case 'officer':
      return toOfficer(record, context.day)
    case 'receiver':
      return toReceiver(law, record, context)
    case 'subject':
    case 'archive':
      return inFull(law, record, audience, context.day)
  }
}

/** What holds for every audience, before its own rule is asked. */
function gate(audience: Audience, record: DisclosedRecord, context: DisclosureContext): Reason | null {
  const view: View = VIEWS[audience]
  if (view.needsPurpose && !context.purpose) return { code: 'disclosure.purpose-missing', basis: 'pipl#34', facts: {} }
  if (!view.persons && record.subjectKind === 'natural-person') return NOT_PUBLIC.person
  if (!view.states.has(record.state)) return stateReason(record)
  if (audience !== 'subject' && isWithheld(record))
    return { code: 'disclosure.unverified', basis: record.item.disclosure.basis[0] ?? null, facts: { item: record.item.name } }
  const mode = modeOf(record)
  if (view.modes.has(mode)) return null
  if (mode === 'authorised' && view.needsPurpose && context.authorised) return null
  return { code: `disclosure.mode-${mode}`, basis: record.item.disclosure.basis[0] ?? null, facts: { item: record.item.name } }
}

/** What nobody but its subject sees because its own column does not let it (a declaration that nobody has verified). Fails closed. */
function isWithheld({ item, fields }: DisclosedRecord): boolean {
  const { onlyWhen } = item.disclosure
  return onlyWhen !== undefined && !onlyWhen.is.includes(fields[onlyWhen.field] ?? '')
}

/** The item's mode; a record whose own column opens it (公开类型 of a commitment) is public. Fails closed: an absent value opens nothing. */
function modeOf({ item, fields }: DisclosedRecord): DisclosedRecord['item']['disclosure']['mode'] {
  const { mode, publicWhen } = item.disclosure
  return publicWhen?.is.includes(fields[publicWhen.field] ?? '') ? 'public' : mode
}

function stateReason(record: DisclosedRecord): Reason {
  const { state, item } = record
  // A declaration was on no list and decided by nobody: it was taken back, or found untrue.
  if (item.nature === 'declaration' && (state === 'removed' || state === 'annulled'))
    return { code: `disclosure.declaration-${state}`, basis: null, facts: {} }
  switch (state) {
    case 'annulled':
      return { code: 'disclosure.annulled', basis: 'apl#48', facts: {} }
    case 'removed':
      return { code: 'disclosure.removed', basis: null, facts: {} }
    case 'repaired':
      return { code: 'disclosure.repaired', basis: 'ndrc-36', facts: {} }
    case 'corrected':
      return { code: 'disclosure.corrected', basis: null, facts: {} }
    case 'suspended':
      return { code: 'disclosure.suspended', basis: null, facts: {} }
    case 'standing':
      return { code: 'disclosure.standing', basis: null, facts: {} }
  }
}

function toPublic(law: DisclosureLaw, record: DisclosedRecord, day: Day): Decision {
  const period = publicationPeriod(law, record.item, record, day)
  if (!period.shown) return period
  if (isShownOn(period, day)) return shown(period.from, period.until, marksOf(record, period, day), period.because)
  const code = day < period.from ? 'publication.not-begun' : 'publication.over'
  return { shown: false, because: [{ code, basis: null, facts: { from: period.from, until: period.until } }, ...period.because] }
}

/** Violations of the window, minor ones among them, as long as nothing has repaired or removed them (M138, M139, M144, M148). */
function toSpecialReport(record: DisclosedRecord, context: DisclosureContext): Decision {
  const { window } = context
  if (!window) throw new RangeError('a special report needs its window')
  if (!record.item.report.violation)
    return {
      shown: false,
      because: [{ code: 'special-report.no-violation', basis: 'ndrc-2025-565', facts: { item: record.item.name } }],
    }
  if (nothingPunished(record.penaltyKinds)) return { shown: false, because: [NOT_PUBLIC.noPenalty] }
  const effect = effectPeriod(record.item, record)
  const stillListed =
    isListing(record) && record.decidedOn < window.from && (effect.until === null || effect.until >= window.from)
  if (record.decidedOn > window.to || (record.decidedOn < window.from && !stillListed)) {
    return {
      shown: false,
      because: [{ code: 'special-report.outside-window', basis: 'ndrc-2025-565', facts: { from: window.from, to: window.to } }],
    }
  }
  if (record.removedOn && record.removedOn <= window.to) {
    return {
      shown: false,
      because: [{ code: 'special-report.removed', basis: 'ndrc-2025-565', facts: { on: record.removedOn } }],
    }
  }
  const marks: StateMark[] = isListing(record) && isInForce(effect, window.to) ? ['in-force'] : []
  return shown(record.decidedOn, null, marks, [
    { code: 'special-report.violation-in-window', basis: 'ndrc-2025-565', facts: { from: window.from, to: window.to } },
  ])
}

/** A check before acting shows the lists in force, of persons too; decisions are looked up in the archive. */
function toOfficer(record: DisclosedRecord, day: Day): Decision {
  if (!isListing(record))
    return { shown: false, because: [{ code: 'check.no-listing', basis: null, facts: { item: record.item.name } }] }
  const effect = effectPeriod(record.item, record)
  if (!isInForce(effect, day))
    return {
      shown: false,
      because: [{ code: 'check.not-in-force', basis: null, facts: { from: effect.from, until: effect.until } }],
    }
  const because = [{ code: 'check.in-force', basis: record.item.basis[0] ?? null, facts: { until: effect.until } }]
  return shown(effect.from, effect.until, ['in-force'], because)
}

/** What the subject granted, as long as it would be shown to the public or, where it never is, as long as it has effect. */
function toReceiver(law: DisclosureLaw, record: DisclosedRecord, context: DisclosureContext): Decision {
  const { item } = record
  if (!context.authorised || !context.granted?.has(item.item))
    return { shown: false, because: [{ code: 'disclosure.not-granted', basis: 'pipl#13', facts: { item: item.name } }] }
  const granted: Reason = { code: 'disclosure.granted', basis: 'pipl#13', facts: { item: item.name } }
  const isPublished = item.publication.rule !== 'never' && record.subjectKind !== 'natural-person'
  const period = isPublished ? publicationPeriod(law, item, record, context.day) : periodOfUse(record)
  if (!period.shown) return { shown: false, because: period.because }
  if (!isShownOn(period, context.day))
    return {
      shown: false,
      because: [{ code: 'publication.over', basis: null, facts: { from: period.from, until: period.until } }, ...period.because],
    }
  return shown(period.from, period.until, marksOf(record, period, context.day), [granted, ...period.because])
}

/** How long a record that is never published may be used: as long as it has effect, and no longer than its sender says. */
function periodOfUse(record: DisclosedRecord): Extract<Period, { shown: true }> {
  const effect = effectPeriod(record.item, record)
  const until = [effect.until, record.shownUntil].filter(day => day !== null).sort()[0] ?? null
  return { shown: true, from: effect.from, until, because: [] }
}

/** The subject sees all that is kept about it; an officer with a registered look the same. What is over carries its mark. */
function inFull(law: DisclosureLaw, record: DisclosedRecord, audience: 'subject' | 'archive', day: Day): Decision {
  const period = publicationPeriod(law, record.item, record, day)
  const code = audience === 'subject' ? 'disclosure.own-record' : 'disclosure.registered-look'
  const because: Reason[] = [{ code, basis: audience === 'subject' ? null : 'pipl#34', facts: {} }]
  if (record.state !== 'standing') because.push(stateReason(record))
  because.push(...period.because)
  const [from, until] = period.shown ? [period.from, period.until] : [record.decidedOn, null]
  return shown(from, until, marksOf(record, period, day), because)
}

function isListing(record: DisclosedRecord): boolean {
  const { nature, effect } = record.item
  return effect === 'adverse' && (nature === 'listing' || nature === 'status')
}

function isInForce(effect: { readonly from: Day; readonly until: Day | null }, day: Day): boolean {
  return effect.from <= day && (effect.until === null || day <= effect.until)
}

function marksOf(record: DisclosedRecord, period: Period, day: Day): StateMark[] {
  const marks: StateMark[] = []
  if (record.state !== 'standing') marks.push(record.state)
  else if (isListing(record) && isInForce(effectPeriod(record.item, record), day)) marks.push('in-force')
  else if (isShownOn(period, day)) marks.push('displayed')
  else if (period.shown && period.until !== null && period.until < day) marks.push('over')
  return marks
}

/** What stands beside a record wherever it is shown, whatever else is said of it. */
function besideOf({ item, contested, comment }: DisclosedRecord): StateMark[] {
  return [
    ...(item.nature === 'declaration' ? (['declared'] as const) : []),
    ...(contested ? (['contested'] as const) : []),
    ...(comment ? (['commented'] as const) : []),
  ]
}

function shown(from: Day, until: Day | null, marks: readonly StateMark[], because: readonly Reason[]): Decision {
  return { shown: true, from, until, marks, because }
}

function fieldsOf(law: DisclosureLaw, record: DisclosedRecord, audience: Audience, viewer: Viewer): DisclosedField[] {
  const fields: DisclosedField[] = []
  for (const { code, name, mask } of fieldPlan(law.masking, record.item, audience, viewer)) {
    const value = record.fields[code]
    if (value) fields.push({ code, name, value: mask ? mask(value) : value })
  }
  return fields
}
