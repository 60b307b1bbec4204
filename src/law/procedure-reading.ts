import type { Day } from '../base/day.ts'
import type { Facts } from '../base/refusal.ts'
import { type Law, noticeOn } from './law.ts'
import type { Confidence } from './model.ts'
import type { NoticeTemplate } from './notice-model.ts'
import { termText } from './notice-term.ts'
import { actsFrom, openingActs, standings } from './procedure-flow.ts'
import type { Procedure, ProcedureAct, ProcedureClock, ProcedureSpan, ProcedureState } from './procedure-model.ts'
import { isOfPlace, knownSpan } from './procedure-terms.ts'

/*
 * A procedure as a person reads it: who does what in which state, by when, with which papers, what follows, and how it may end. The manual
 * (docs/law) and the public page are drawn from this one reading of the table.
 */

export type Sourced = { readonly basis: readonly string[]; readonly confidence: Confidence; readonly note: string | null }

export type ReadClock = Sourced & {
  readonly clock: string
  readonly name: string
  readonly whose: string
  /** The state's own duty: not the subject's, and not a mere term. */
  readonly isOfficial: boolean
  readonly span: string
  /** From what it is counted. */
  readonly from: string
  /** `isGiven` false: the place gives no more time, whatever the table allows. */
  readonly extension: (Sourced & { readonly span: string; readonly isGiven: boolean }) | null
}

export type ReadAct = Sourced & {
  readonly act: string
  readonly name: string
  readonly does: string
  readonly by: readonly string[]
  /** Of the platform's own acts: what makes it act. */
  readonly when: string | null
  readonly isBySubject: boolean
  readonly fields: readonly { readonly name: string; readonly hint: string | null; readonly isRequired: boolean }[]
  readonly papers: readonly { readonly name: string; readonly hint: string | null; readonly isRequired: boolean }[]
  readonly conditions: readonly string[]
  readonly letters: readonly string[]
  readonly effects: readonly string[]
  /** The state it leads to; null: the case stays where it is. */
  readonly leadsTo: string | null
}

export type ReadStep = {
  readonly state: string
  readonly name: string
  readonly means: string
  readonly whose: string
  /** Clocks that run here, on every way or on some; a clock that stands still here says so. */
  readonly clocks: readonly (ReadClock & { readonly isPaused: boolean })[]
  readonly acts: readonly ReadAct[]
}

export type ReadEnd = { readonly state: string; readonly name: string; readonly means: string; readonly end: string }

export type ReadRemedy = Sourced & { readonly name: string; readonly within: string; readonly letter: string }

export type ReadProcedure = {
  readonly procedure: string
  readonly name: string
  readonly purpose: string
  readonly edition: string
  readonly startsSubject: boolean
  readonly opening: readonly ReadAct[]
  readonly steps: readonly ReadStep[]
  readonly ends: readonly ReadEnd[]
  readonly remedies: readonly ReadRemedy[]
}

export type Say = (code: string, facts?: Facts) => string
type Reader = { readonly law: Law; readonly procedure: Procedure; readonly day: Day; readonly say: Say }

/** Reads a procedure's table as it is on a day: terms of the place and letters are those of that day. */
export function readProcedure(law: Law, procedure: Procedure, day: Day, say: Say): ReadProcedure {
  const reader = { law, procedure, day, say }
  const known = standings(procedure)
  const opening = openingActs(procedure)
  return {
    procedure: procedure.procedure,
    name: procedure.name,
    purpose: procedure.purpose,
    edition: procedure.inForceFrom,
    startsSubject: opening.some(act => act.by.includes('subject')),
    opening: opening.map(act => readAct(reader, act)),
    steps: procedure.states
      .filter(state => state.end === null)
      .map(state => {
        const held = known.get(state.state)
        const clocks = procedure.clocks.filter(clock => held?.clocks.has(clock.clock))
        return {
          state: state.state,
          name: state.name,
          means: state.means,
          whose: say(`procedure.turn-${state.turn}`),
          clocks: clocks.map(clock => ({ ...readClock(reader, clock), isPaused: held?.paused.has(clock.clock) ?? false })),
          acts: actsFrom(procedure, state.state).map(act => readAct(reader, act)),
        }
      }),
    ends: procedure.states.flatMap(state => readEnd(say, state)),
    remedies: remediesOf(reader),
  }
}

const sourceOf = (one: { basis: readonly string[]; confidence: Confidence; note?: string | undefined }): Sourced => ({
  basis: one.basis,
  confidence: one.confidence,
  note: one.note ?? null,
})

function readEnd(say: Say, { state, name, means, end }: ProcedureState): readonly ReadEnd[] {
  return end === null ? [] : [{ state, name, means, end: say(`procedure.end-${end}`) }]
}

function spanText({ law, day, say }: Reader, span: ProcedureSpan): string {
  const known = knownSpan(law, span, day)
  if (known) return say(`procedure.span-${known.unit}`, { count: known.count })
  if (!('named' in span)) return ''
  if (isOfPlace(span)) return say('procedure.span-none')
  const term = say(`procedure.term-${span.named}`)
  const { otherwise } = span
  if (!otherwise) return term
  return say('procedure.term-otherwise', { term, span: say(`procedure.span-${otherwise.unit}`, { count: otherwise.count }) })
}

/** False only where the rules of the place were looked up and give nothing. */
const isGiven = ({ law, day }: Reader, span: ProcedureSpan): boolean => !isOfPlace(span) || knownSpan(law, span, day) !== null

/** Whose word a term is: the place's where it counts, else the table's. */
const sourceOfSpan = ({ law, day }: Reader, one: Parameters<typeof sourceOf>[0] & { span: ProcedureSpan }): Sourced =>
  sourceOf(knownSpan(law, one.span, day)?.ofPlace ?? one)

function readClock(reader: Reader, clock: ProcedureClock): ReadClock {
  const { say, procedure } = reader
  const { extension, from } = clock
  const starts = procedure.acts
    .filter(act => act.clocks.start.includes(clock.clock))
    .map(act => say('procedure.quoted', { name: act.name }))
  const field =
    typeof from === 'object' ? procedure.acts.flatMap(act => act.fields).find(one => one.field === from.field) : undefined
  return {
    clock: clock.clock,
    name: clock.name,
    whose: say(`procedure.duty-${clock.duty}`),
    isOfficial: clock.duty !== 'subject' && clock.duty !== 'term',
    span: spanText(reader, clock.span),
    from: field
      ? say('procedure.from-field', { field: field.name })
      : say(from === 'service' ? 'procedure.from-service' : 'procedure.from-act', { acts: starts.join(say('procedure.or')) }),
    extension: extension
      ? { ...sourceOfSpan(reader, extension), span: spanText(reader, extension.span), isGiven: isGiven(reader, extension.span) }
      : null,
    ...sourceOfSpan(reader, clock),
  }
}

function readAct(reader: Reader, act: ProcedureAct): ReadAct {
  const { say, procedure } = reader
  const asked = ({ name, hint, required }: { name: string; hint?: string | undefined; required: boolean }) => ({
    name,
    hint: hint ?? null,
    isRequired: required,
  })
  return {
    act: act.act,
    name: act.name,
    does: act.does,
    by: act.by.map(office => say(`procedure.office-${office}`)),
    when: whenText(reader, act),
    isBySubject: act.by.includes('subject'),
    fields: act.fields.map(asked),
    papers: act.papers.map(asked),
    conditions: act.guards.map(guard => say(`procedure.guard-${guard}`)),
    letters: act.notices.map(({ template, to }) =>
      say('procedure.letter', { letter: letterOf(reader, template)?.name ?? template, to: say(`procedure.to-${to}`) }),
    ),
    effects: act.effects.map(effect => say(`procedure.effect-${effect}`)),
    leadsTo: act.to === 'same' ? null : (procedure.states.find(state => state.state === act.to)?.state ?? null),
    ...sourceOf(act),
  }
}

function letterOf({ law, day }: Reader, template: string): NoticeTemplate | undefined {
  return noticeOn(law, template, day) ?? law.notices.get(template)?.at(-1)
}

function whenText(reader: Reader, { when }: ProcedureAct): string | null {
  const { say, procedure } = reader
  if (when === undefined) return null
  if ('ended' in when)
    return say('procedure.when-ended', { clock: procedure.clocks.find(one => one.clock === when.ended)?.name ?? when.ended })
  if ('served' in when) return say('procedure.when-served', { letter: letterOf(reader, when.served)?.name ?? when.served })
  return say('confirmed' in when ? 'procedure.when-confirmed' : 'procedure.when-opened')
}

/** What the letters of the procedure name as remedies, each once. */
function remediesOf(reader: Reader): ReadRemedy[] {
  const letters = new Set(reader.procedure.acts.flatMap(act => act.notices.map(notice => notice.template)))
  const found = new Map<string, ReadRemedy>()
  for (const template of letters) {
    const letter = letterOf(reader, template)
    for (const remedy of letter?.remedies ?? [])
      if (!found.has(remedy.remedy))
        found.set(remedy.remedy, {
          name: reader.say(`procedure.remedy-${remedy.remedy}`),
          within: termText(remedy),
          letter: letter?.name ?? template,
          ...sourceOf(remedy),
        })
  }
  return [...found.values()]
}
