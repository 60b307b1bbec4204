import { addDays, type Day, daysBetween, isDay } from '../../../src/base/day.ts'
import { type Html, html } from '../html.ts'
import { errorSummary, type FilterField, filterForm } from '../kit/filter-form.ts'
import { besideMarks } from '../kit/marks.ts'
import { pager, withQuery } from '../kit/pager.ts'
import { kindText } from '../kit/printed.ts'
import { recordData } from '../kit/record-card.ts'
import { recordLink, subjectLink, timeliness } from '../kit/row-list.ts'
import { table } from '../kit/table.ts'
import type { Ask, Page, Portal } from '../page.ts'
import { findPunctuality } from '../punctuality.ts'
import { listRecords, type PublicRow, printPageKey, type RegisterFilter, readPageKey } from '../records.ts'
import { recordsCsv } from '../records-csv.ts'
import { choice } from './search.ts'

/* 双公示: the register of decisions, latest first, by period, body, kind, district and number. */

const A_PAGE = 20
const DEFAULT_DAYS = 30
/** What one question may span; a longer one would walk through years of rows that its filters drop. */
export const LONGEST_DAYS = 366

type Register = { readonly register: 'licences' | 'penalties'; readonly kinds: string }

export const penaltiesPage: Page = registerPage({ register: 'penalties', kinds: 'penalty-kind' })
export const licencesPage: Page = registerPage({ register: 'licences', kinds: 'licence-kind' })

type Asked = {
  readonly filter: RegisterFilter & { readonly from: Day; readonly to: Day }
  readonly narrowed: boolean
  readonly errors: readonly { readonly field: string; readonly sentence: string }[]
}

function registerPage(one: Register): Page {
  return {
    path: `/publicity/${one.register}`,
    label: `portal.${one.register}`,
    mayBeIndexed: false,
    open: portal => async ask => {
      const { say } = portal
      const today = portal.today()
      const asked = readFilter(portal, one, ask, today)
      if (ask.query['format'] === 'csv') return recordsCsv(portal, asked.filter, one.register, today)
      const page = await listRecords(portal.db, asked.filter, today, {
        size: A_PAGE,
        older: readPageKey(ask.query['older']),
        newer: readPageKey(ask.query['newer']),
      })
      return {
        kind: 'page',
        heading: say(`portal.${one.register}`),
        ...(asked.errors.length > 0 ? { status: 400, warning: say('portal.errors', { count: asked.errors.length }) } : {}),
        main: html`${tabs(portal, one)}${errorSummary(say, asked.errors)}${filters(portal, one, ask, asked)}${await onTimeLine(portal, asked, today)}${rowsOf(portal, one, page.rows)}${pager(
          say,
          page.newer && turned(one, ask, { newer: printPageKey(page.newer) }),
          page.older && turned(one, ask, { older: printPageKey(page.older) }),
        )}<p class="links-line"><a class="button quiet-button" href="${turned(one, ask, { format: 'csv' })}">${portal.icon('download')}${say('portal.csv')}</a></p>`,
        data: {
          register: one.register,
          from: asked.filter.from,
          to: asked.filter.to,
          records: page.rows.map(row => recordData(portal.law, say, row)),
          next: page.older ? printPageKey(page.older) : null,
          asOf: today,
        },
      }
    },
  }
}

function turned(one: Register, ask: Ask, changed: Record<string, string>): string {
  const cleared = { older: undefined, newer: undefined, format: undefined }
  return withQuery(`/publicity/${one.register}`, { ...ask.query, ...cleared }, changed)
}

function readFilter(portal: Portal, one: Register, ask: Ask, today: Day): Asked {
  const { query } = ask
  const errors: { field: string; sentence: string }[] = []
  const read = (name: 'from' | 'to'): Day | undefined => {
    const text = query[name]?.trim()
    if (!text) return undefined
    if (isDay(text)) return text
    errors.push({ field: `f-${name}`, sentence: portal.say('portal.day-wrong') })
    return undefined
  }
  const [givenFrom, givenTo] = [read('from'), read('to')]
  const to = givenTo ?? today
  let from = givenFrom ?? addDays(to, -DEFAULT_DAYS)
  if (from > to) errors.push({ field: 'f-from', sentence: portal.say('portal.period-inverted') })
  else if (daysBetween(from, to) > LONGEST_DAYS) {
    errors.push({ field: 'f-from', sentence: portal.say('portal.period-too-long', { days: LONGEST_DAYS }) })
    from = addDays(to, -LONGEST_DAYS)
  }
  const { authority = '', kind = '', district = '', no = '' } = query
  return {
    filter: { register: one.register, authority, kind, district, documentNo: no.trim().slice(0, 100), from, to },
    narrowed: givenFrom === undefined,
    errors,
  }
}

function tabs(portal: Portal, one: Register): Html {
  const tab = (register: Register['register']): Html =>
    html`<li><a href="${`/publicity/${register}`}"${register === one.register ? html` aria-current="page"` : ''}>${portal.say(`portal.${register}`)}</a></li>`
  return html`<nav class="tabs" aria-label="${portal.say('portal.registers')}"><ul>${[tab('licences'), tab('penalties')]}</ul></nav>`
}

function filters(portal: Portal, one: Register, ask: Ask, asked: Asked): Html {
  const { say, law, city } = portal
  const items = [...law.items.values()].flatMap(editions => editions.at(-1) ?? []).filter(item => item.register === one.register)
  const units = [...law.units.values()].filter(unit => items.some(item => unit.items.includes(item.item)))
  const fields: FilterField[] = [
    choice(
      'authority',
      say('portal.authority'),
      ask,
      units.map(unit => ({ value: unit.id, label: unit.name })),
    ),
    choice(
      'kind',
      say('portal.kind'),
      ask,
      (law.codeLists.get(one.kinds)?.values ?? []).map(value => ({ value: value.text, label: value.text })),
    ),
    { kind: 'day', name: 'from', label: say('portal.from-day'), value: ask.query['from'] ?? '' },
    { kind: 'day', name: 'to', label: say('portal.to-day'), value: ask.query['to'] ?? '' },
    choice(
      'district',
      say('portal.district'),
      ask,
      city.counties.map(county => ({ value: county.division, label: county.name })),
    ),
    {
      kind: 'text',
      name: 'no',
      label: say('portal.document-no'),
      value: ask.query['no'] ?? '',
      hint: say('portal.document-no-hint'),
    },
  ]
  const { from, to } = asked.filter
  return html`${filterForm(say, `/publicity/${one.register}`, fields, {}, asked.errors.length > 0)}<p class="hint">${say(
    asked.narrowed ? 'portal.period-default' : 'portal.period-shown',
    { from, to, days: DEFAULT_DAYS },
  )}</p>`
}

async function onTimeLine(portal: Portal, asked: Asked, today: Day): Promise<Html> {
  const { authority } = asked.filter
  if (!authority) return html``
  const [unit] = await findPunctuality(portal.db, today, authority)
  if (!unit || unit.reported === 0) return html``
  return html`<p class="figure-line">${portal.say('portal.on-time-of', {
    unit: portal.law.units.get(authority)?.name ?? authority,
    reported: unit.reported,
    share: shareText(unit.onTime, unit.reported),
  })} <a href="/clocks">${portal.say('portal.clocks')}</a></p>`
}

/** 97.3%; never rounded up to a whole that is not one. */
export function shareText(part: number, whole: number): string {
  return part === whole ? '100%' : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)}%`
}

function rowsOf(portal: Portal, one: Register, rows: readonly PublicRow[]): Html {
  const { say } = portal
  if (rows.length === 0) return html`<p class="empty-answer">${say('portal.register-empty')}</p>`
  return table(
    say(`portal.${one.register}-caption`),
    [
      { head: say('portal.document-no'), cell: row => html`${recordLink(row)}${besideMarks(say, row)}` },
      { head: say('portal.counterpart'), cell: subjectLink },
      { head: say('portal.kind'), cell: kindText },
      { head: say('portal.authority'), cell: row => row.authorityName },
      { head: say('portal.decided-on'), cell: row => html`<span class="day">${row.decidedOn}</span>` },
      { head: say('portal.reporting'), cell: row => timeliness(say, row.lateDays) },
      { head: say('portal.shown-until'), cell: row => html`<span class="day">${row.shownUntil ?? say('portal.no-end')}</span>` },
    ],
    rows,
  )
}
