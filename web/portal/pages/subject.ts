import { type Day, legalDay } from '../../../src/base/day.ts'
import { layoutOn } from '../../../src/law/law.ts'
import type { ReportLayout } from '../../../src/law/report-model.ts'
import { type Html, html } from '../html.ts'
import { codeText, nameText } from '../kit/code-text.ts'
import { dated } from '../kit/printed.ts'
import { openRecordCard, type RecordCard, recordData } from '../kit/record-card.ts'
import type { Answer, Page, Portal } from '../page.ts'
import { districtName } from '../places.ts'
import { findWhole, type Section, type SubjectRow, type Whole } from '../subject-rows.ts'
import { gone } from './not-found.ts'

type Laid = { readonly id: string; readonly title: string }

export const subjectPage: Page = {
  path: '/subjects/:id',
  mayBeIndexed: false,
  open: portal => {
    const card = openRecordCard(portal)
    const draw = openSubject(portal, card)
    return async ({ params }) => {
      const id = readId(params['id'])
      const today = portal.today()
      const found = id === null ? undefined : await findWhole(portal.db, id, today)
      return found ? draw(found, today) : gone(portal, 'subject.unknown')
    }
  },
}

/** An id in an address; null for anything that is none. */
export function readId(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null
}

function openSubject(portal: Portal, card: RecordCard): (found: Whole, today: Day) => Answer {
  const { law, say, city } = portal
  const actions = openActions(portal)
  return ({ subject, sections }, today) => {
    const layout = layoutOn(law, 'public', today)
    const counts = (layout?.summary ?? []).map(group => ({
      label: group.label,
      anchor: group.sections.find(section => sections.has(section)) ?? group.sections[0] ?? '',
      count: group.sections.reduce((sum, section) => sum + (sections.get(section)?.total ?? 0), 0),
    }))
    const freshOn = say('portal.section-fresh', { day: legalDay(subject.madeAt, city.zone) })
    return {
      kind: 'page',
      heading: say('portal.subject-title', { name: subject.name }),
      head: subjectHead(portal, subject),
      main: html`${countStrip(portal, counts)}${laidOut(layout, sections).map(laid =>
        drawSection(portal, card, subject.subjectId, laid, sections.get(laid.id), freshOn),
      )}${actions(subject.subjectId)}`,
      data: () => ({
        subject: subjectData(subject),
        counts: counts.map(({ label, count }) => ({ label, count })),
        records: [...sections.values()].flatMap(section => section.rows.map(row => recordData(law, say, row))),
        asOf: today,
      }),
    }
  }
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
  portal: Portal,
  card: RecordCard,
  subjectId: number,
  laid: Laid,
  found: Section | undefined,
  freshOn: string,
): Html {
  const { say } = portal
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

function countStrip(portal: Portal, counts: readonly Count[]): Html {
  return html`<nav aria-label="${portal.say('portal.count-strip')}"><ul class="counts">${counts.map(
    one => html`<li><a href="${`#${one.anchor}`}"><span class="number">${one.count}</span><span>${one.label}</span></a></li>`,
  )}</ul></nav>`
}

/** Name, code, state and registration of a subject, above everything about it. */
export function subjectHead(portal: Portal, subject: SubjectRow): Html {
  const { say, city } = portal
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

function openActions(portal: Portal): (subjectId: number) => Html {
  const { say } = portal
  const links = html`<ul class="links"><li><a href="/help#objection">${say('portal.object')}</a></li><li><a href="/help#repair">${say('portal.repair')}</a></li><li><a href="/contact">${say('portal.not-mine')}</a></li></ul>`
  return subjectId =>
    html`<section class="act"><h2>${say('portal.get-report')}</h2><p>${say('portal.get-report-text')}</p><form method="post" action="${`/subjects/${subjectId}/report`}"><button class="button">${say('portal.issue-public')}</button></form>${links}</section>`
}
