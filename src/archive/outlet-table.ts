import type { z } from 'zod'
import { addDays, addMonths, type Day } from '../base/day.ts'
import { disclose } from '../disclosure/disclose.ts'
import { AUDIENCES, type Audience, type DisclosedRecord, type Disclosure, type Reason } from '../disclosure/model.ts'
import { OUTLETS, type OutletId } from '../disclosure/outlets.ts'
import { previousWorkingDay } from '../law/calendar.ts'
import { cite } from '../law/citation.ts'
import { type Law, layoutOn } from '../law/law.ts'
import type { Words } from '../words/words.ts'
import type { ReasonView, RecordView } from './contract.ts'

/*
 * Where a record is shown and why: the one disclosure function asked for each audience, its answer told for each outlet. A person who has
 * the archive open sees the reason why the portal does or does not show what he sees.
 */

export type OutletView = RecordView['outlets'][number]

/** Outlets that show subjects, counts, reports or reported rows, but no record. */
const WITHOUT_RECORDS: ReadonlySet<OutletId> = new Set([
  'portal-search',
  'portal-announcements',
  'portal-figures',
  'verify',
  'api-search',
  'waiting',
  'rights',
  'case',
  'notices',
  'delivery-rows',
])

export type OutletQuestion = {
  readonly law: Law
  readonly words: Pick<Words, 'say'>
  readonly day: Day
  readonly purpose: string
  readonly authorised: boolean
}

/** The disclosure of a record at every outlet that shows records of its kind. */
export type OutletTable = (record: DisclosedRecord) => OutletView[]

/** Opens the table for one question; what does not depend on the record is worked out once. */
export function openOutletTable(question: OutletQuestion): OutletTable {
  const { law, words, day, purpose, authorised } = question
  const window = widestWindow(law, day)
  const say = sayingOnce(law, words)
  const context = { day, purpose, authorised, ...('from' in window ? { window } : {}) }
  return record => {
    // Whether and until when, not what: columns and masks are the work of the outlet itself; what a column opens or withholds is part of whether.
    const bare = { ...record, fields: deciding(record) }
    const answers = {} as Record<Audience, Omit<OutletView, 'outlet'>>
    for (const audience of AUDIENCES) {
      const answer: Disclosure =
        audience === 'special-report' && !('from' in window)
          ? { shown: false, because: [window] }
          : disclose(law, bare, audience, context)
      answers[audience] = {
        shown: answer.shown,
        from: answer.shown ? answer.from : null,
        until: answer.shown ? answer.until : null,
        because: answer.because.map(say),
      }
    }
    return OUTLETS.filter(({ outlet }) => shows(outlet, record)).map(({ outlet, audience }) => ({ outlet, ...answers[audience] }))
  }
}

/** The columns by which a record itself says to whom it is shown: 公开类型, 核验状态. */
function deciding({ item, fields }: DisclosedRecord): DisclosedRecord['fields'] {
  const { publicWhen, onlyWhen } = item.disclosure
  return Object.fromEntries([publicWhen, onlyWhen].flatMap(when => (when ? [[when.field, fields[when.field]]] : [])))
}

/** The same reason comes back for most audiences and records: its sentence is put together once a question. */
function sayingOnce(law: Law, words: Pick<Words, 'say'>): (reason: Reason) => z.infer<typeof ReasonView> {
  const said = new Map<string, z.infer<typeof ReasonView>>()
  return reason => {
    const key = `${reason.code} ${reason.basis} ${JSON.stringify(reason.facts)}`
    let view = said.get(key)
    if (!view) {
      view = reasonView(law, words, reason)
      said.set(key, view)
    }
    return view
  }
}

function shows(outlet: OutletId, { item }: DisclosedRecord): boolean {
  if (outlet === 'portal-register') return item.register !== undefined
  if (outlet === 'portal-list') return item.list !== undefined
  return !WITHOUT_RECORDS.has(outlet)
}

/** The longest window that a special report may have on a day; a reason where the calendar does not know the last working day. */
function widestWindow(law: Law, day: Day): { readonly from: Day; readonly to: Day } | Reason {
  const years = Math.max(...(layoutOn(law, 'special', day)?.windows ?? [0]))
  if (years === 0) return { code: 'report.no-layout', basis: null, facts: { day } }
  const to = previousWorkingDay(law.calendar, day)
  if (typeof to !== 'string') return { code: 'report.window-unknown', basis: null, facts: { year: to.unknown } }
  return { from: addDays(addMonths(to, -12 * years), 1), to }
}

/** A reason as a person reads it: its sentence with facts and article. */
export function reasonView(law: Law, words: Pick<Words, 'say'>, reason: Reason): z.infer<typeof ReasonView> {
  const { code, basis, facts } = reason
  return { code, basis, sentence: words.say(code, basis === null ? facts : { ...facts, article: cite(law, basis) }) }
}
