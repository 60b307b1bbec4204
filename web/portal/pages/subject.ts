import { addDays, type Day, legalDay } from '../../../src/base/day.ts'
import { type Law, layoutOn } from '../../../src/law/law.ts'
import type { ReportLayout } from '../../../src/law/report-model.ts'
import { type Drawn, findDrawn } from '../drawn-pages.ts'
import { Html, html, NOTHING } from '../html.ts'
import { codeText, nameText } from '../kit/code-text.ts'
import { dated } from '../kit/printed.ts'
import { openRecordCard, type RecordCard, recordData } from '../kit/record-card.ts'
import type { Answer, Page, Portal, Say } from '../page.ts'
import { districtName } from '../places.ts'
import { findWhole, type Section, type SubjectRow, type Whole } from '../subject-rows.ts'
import { gone } from './not-found.ts'

type Laid = { readonly id: string; readonly title: string }

export const subjectPage: Page = {
  path: '/subjects/:id',
  mayBeIndexed: false,
  open: portal => {
    const drawing = openSubjectDrawing(portal)
    return async ({ params, wantsData }) => {
      const id = readId(params['id'])
      if (id === null) return gone(portal, 'subject.unknown')
      const today = portal.today()
      const drawn = wantsData ? undefined : await findDrawn(portal.db, id, drawing.stamp, today)
      if (drawn) return pageOf(drawn, NO_DATA)
      const found = await findWhole(portal.db, id, today)
      if (!found) return gone(portal, 'subject.unknown')
      return wantsData ? pageOf(NOT_DRAWN, drawing.data(found, today)) : pageOf(drawing.draw(found, today), NO_DATA)
    }
  },
}

const NO_DATA = {}
const NOT_DRAWN: Drawn = { heading: '', body: '' }

function pageOf({ heading, body }: Drawn, data: object): Answer {
  return { kind: 'page', heading, head: NOTHING, main: new Html(body), data }
}

/** An id in an address; null for anything that is none. */
export function readId(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null
}

/** What drawing a subject leans on: nothing of a request and nothing of the database. */
export type Drawing = Pick<Portal, 'law' | 'city' | 'say' | 'sayHtml' | 'stamp'>

/** A subject's page between the portal's head and foot. */
export type SubjectDrawing = {
  /** Of all that a page shows but its rows: a page of another stamp is drawn anew. */
  readonly stamp: string
  /** The page as of a day, and the last day on which it would be drawn the same of the same rows; null: until they change. */
  draw(found: Whole, today: Day): Drawn & { readonly goodUntil: Day | null }
  /** The same for a program. */
  data(found: Whole, today: Day): object
}

export function openSubjectDrawing(drawing: Drawing): SubjectDrawing {
  const { law, say } = drawing
  const card = openRecordCard(drawing)
  const actions = openActions(drawing)
  return {
    stamp: drawing.stamp,
    draw: ({ subject, sections }, today) => {
      const freshOn = say('portal.section-fresh', { day: legalDay(subject.madeAt, drawing.city.zone) })
      const layout = layoutOn(law, 'public', today)
      const main = html`${subjectHead(drawing, subject)}${countStrip(say, countsOf(layout, sections))}${laidOut(
        layout,
        sections,
      ).map(laid =>
        drawSection(say, card, subject.subjectId, laid, sections.get(laid.id), freshOn),
      )}${actions(subject.subjectId)}`
      return {
        heading: say('portal.subject-title', { name: subject.name }),
        body: main.text,
        goodUntil: lastDay(law, sections, today),
      }
    },
    data: ({ subject, sections }, today) => ({
      subject: subjectData(subject),
      counts: countsOf(layoutOn(law, 'public', today), sections).map(({ label, count }) => ({ label, count })),
      records: [...sections.values()].flatMap(section => section.rows.map(row => recordData(law, say, row))),
      asOf: today,
    }),
  }
}

/** Nothing that is shown may be shown longer than its last day, and a new layout of the law draws anew. */
function lastDay(law: Law, sections: ReadonlyMap<string, Section>, today: Day): Day | null {
  const ends = law.layouts.flatMap(layout => (layout.inForceFrom > today ? [addDays(layout.inForceFrom, -1)] : []))
  for (const { until } of sections.values()) if (until) ends.push(until)
  return ends.reduce<Day | null>((first, end) => (first === null || end < first ? end : first), null)
}

function countsOf(layout: ReportLayout | undefined, sections: ReadonlyMap<string, Section>): Count[] {
  return (layout?.summary ?? []).map(group => ({
    label: group.label,
    anchor: group.sections.find(section => sections.has(section)) ?? group.sections[0] ?? '',
    count: group.sections.reduce((sum, section) => sum + (sections.get(section)?.total ?? 0), 0),
  }))
}

/** The sections of the layout in its order, then those it does not know. */
function laidOut(layout: ReportLayout | undefined, found: ReadonlyMap<string, unknown>): Laid[] {
  const laid: Laid[] = (layout?.sections ?? [])
    .filter(one => one.section !== 'registration' && one.section !== 'local')
    .map(one => ({ id: one.section, title: one.title }))
  const others = [...found.keys()].filter(id => !laid.some(one => one.id === id)).map(id => ({ id, title: id }))
  return [...laid, ...others]
}

function drawSection(
  say: Say,
  card: RecordCard,
  subjectId: number,
  laid: Laid,
  found: Section | undefined,
  freshOn: string,
): Html {
  if (!found)
    return html`<section class="record-section empty" id="${laid.id}"><h2>${laid.title}</h2><p>${say('section.nothing-in-period')} <span class="quiet">${freshOn}</span></p></section>`
  const { rows, total } = found
  const more =
    total > rows.length
      ? html`<p><a class="button quiet-button" href="${`/subjects/${subjectId}/sections/${laid.id}`}">${say('portal.section-all', { total })}</a></p>`
      : ''
  return html`<section class="record-section" id="${laid.id}"><h2>${laid.title}<span class="count">${say('portal.count', { count: total })}</span></h2><div class="records">${rows.map(card)}</div>${more}</section>`
}

type Count = { readonly label: string; readonly anchor: string; readonly count: number }

function countStrip(say: Say, counts: readonly Count[]): Html {
  return html`<nav aria-label="${say('portal.count-strip')}"><ul class="counts">${counts.map(
    one => html`<li><a href="${`#${one.anchor}`}"><span class="number">${one.count}</span><span>${one.label}</span></a></li>`,
  )}</ul></nav>`
}

/** Name, code, state and registration of a subject, above everything about it. */
export function subjectHead({ say, city }: Drawing, subject: SubjectRow): Html {
  const { card } = subject
  const line = (label: string, value: Html | string | null): Html =>
    value ? html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>` : html``
  const former = card.formerNames.map(one =>
    say('portal.former-name', {
      name: one.name,
      from: one.from ?? say('portal.day-unknown'),
      until: one.until ?? say('portal.day-unknown'),
    }),
  )
  return html`<div class="subject-head"><h1><span class="subject-name">${nameText(subject.name)}</span> <span class="what">${say('portal.subject-what')}</span></h1><dl class="facts identity">${line(
    'portal.uscc',
    subject.uscc ? codeText(subject.uscc) : null,
  )}${line('portal.status', subject.status)}${line('portal.subject-kind', say(`portal.kind-${subject.kind}`))}${line(
    'portal.district',
    districtName(city, subject.district),
  )}${line('portal.founded', subject.foundedOn)}${line('portal.ended', card.endedOn)}${line('portal.enterprise-type', card.enterpriseType)}${line(
    'portal.legal-representative',
    card.legalRepresentative,
  )}${line('portal.registered-address', card.address)}${former.length > 0 ? line('portal.former-names', dated(former.join(say('portal.semicolon')))) : ''}</dl>${
    card.registered ? '' : html`<p class="hint">${say('portal.known-from-reports')}</p>`
  }</div>`
}

/** The subject for a program: what its page says, nothing more. */
export function subjectData(subject: SubjectRow): Record<string, unknown> {
  const { card, subjectId, name, uscc, kind, status, district, foundedOn } = subject
  const { registered, enterpriseType, legalRepresentative, address, endedOn, formerNames, oldCodes } = card
  return {
    ...{ subjectId, name, uscc, kind, status, district, foundedOn, registered, enterpriseType },
    ...{ legalRepresentative, address, endedOn, formerNames, oldCodes },
  }
}

function openActions({ say }: Drawing): (subjectId: number) => Html {
  const links = html`<ul class="links"><li><a href="/help#objection">${say('portal.object')}</a></li><li><a href="/help#repair">${say('portal.repair')}</a></li><li><a href="/contact">${say('portal.not-mine')}</a></li></ul>`
  return subjectId =>
    html`<section class="act"><h2>${say('portal.get-report')}</h2><p>${say('portal.get-report-text')}</p><form method="post" action="${`/subjects/${subjectId}/report`}"><button class="button">${say('portal.issue-public')}</button></form>${links}</section>`
}
