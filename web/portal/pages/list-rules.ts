import type { DayCount, ListRule } from '../../../src/law/list-model.ts'
import type { Confidence } from '../../../src/law/model.ts'
import { type Html, html } from '../html.ts'
import { unverified } from '../kit/unverified.ts'
import { linkBases } from '../law-links.ts'
import type { Portal, Say } from '../page.ts'

type Sourced = { readonly basis: readonly string[]; readonly confidence: Confidence }
type Row = readonly [text: string, source: Sourced]

/** What the register says of a list beyond its head: for what one is listed, after which notice, how one leaves, where one complains (M202–M216). */
export function listRules(portal: Portal, rule: ListRule): Html {
  const { say } = portal
  const parts: readonly (readonly [string, readonly Row[]])[] = [
    ['portal.list-grounds', groundRows(say, rule)],
    ['portal.list-not', rule.notListable.map(one => [`${one.text}${named(say, rule, one.grounds)}`, one] as const)],
    ['portal.list-notice', noticeRows(say, rule)],
    ['portal.list-periods', rule.periods.map(one => [`${periodText(say, one)}${named(say, rule, one.grounds)}`, one] as const)],
    ['portal.list-early', earlyRows(say, rule)],
    ['portal.list-remedies', rule.remedies.map(one => [say(`portal.list-remedy-${one.remedy}`, { to: one.to }), one] as const)],
    ['portal.list-annulment', annulmentRows(say, rule)],
  ]
  const shown = parts.filter(([, rows]) => rows.length > 0)
  if (shown.length === 0) return html``
  return html`<details class="list-rules"><summary>${say('portal.list-rules')}</summary>${shown.map(
    ([head, rows]) => html`<h3>${say(head)}</h3>${bySource(rows).map(group => groupText(portal, group))}`,
  )}</details>`
}

/** Neighbours that rest on the same acts and are as sure, so that their source is said once. */
function bySource(rows: readonly Row[]): (readonly Row[])[] {
  const groups: Row[][] = []
  for (const row of rows) {
    const last = groups.at(-1)
    const source = last?.[0]?.[1]
    if (last && source?.confidence === row[1].confidence && source.basis.join() === row[1].basis.join()) last.push(row)
    else groups.push([row])
  }
  return groups
}

function groupText({ law, say }: Portal, rows: readonly Row[]): Html {
  const [, source] = rows[0] ?? []
  return html`<ul>${rows.map(([text]) => html`<li>${text}</li>`)}</ul>${
    source
      ? html`<p class="quiet">${say('portal.list-under')}${linkBases(law, source.basis, say)}${unverified(say, source.confidence)}</p>`
      : ''
  }`
}

function groundRows(say: Say, { grounds, precondition }: ListRule): Row[] {
  const before = precondition === undefined ? '' : say('portal.list-precondition', { text: precondition })
  return grounds.map(one => [`${one.text}${before}`, one])
}

function noticeRows(say: Say, { notice }: ListRule): Row[] {
  if (notice === null) return []
  const contents = notice.contents.map(one => say(`portal.list-content-${one}`)).join('、')
  const statement =
    notice.statement === null
      ? say('portal.list-statement-open')
      : say('portal.list-statement', { days: dayText(say, notice.statement) })
  return [[say('portal.list-notice-text', { contents, statement }), notice]]
}

function earlyRows(say: Say, { exit }: ListRule): Row[] {
  const { early } = exit
  if (early === null) return []
  const when = say(early.from === 'correction' ? 'portal.list-early-corrected' : 'portal.list-early-listed', {
    months: early.afterMonths,
    by: early.decidedBy,
  })
  return [
    [early.afterMonths === 0 ? say('portal.list-early-any', { by: early.decidedBy }) : when, early],
    ...early.conditions.map(text => [text, early] as const),
  ]
}

function annulmentRows(say: Say, { annulment }: ListRule): Row[] {
  if (annulment === null) return []
  return [
    [say('portal.list-annulled', { when: annulment.when.join('；'), days: dayText(say, annulment.removeWithin) }), annulment],
  ]
}

function periodText(say: Say, { months, until, extension }: ListRule['periods'][number]): string {
  const text = months === null ? say('portal.list-until', { until }) : say('portal.term-months', { months })
  if (extension === undefined) return text
  return `${text}${say('portal.list-extended', { when: extension.when, least: extension.atLeastMonths, most: extension.atMostMonths })}`
}

/** （某事由） where a row holds for some grounds only. */
function named(say: Say, rule: ListRule, ids: readonly string[] | undefined): string {
  if (ids === undefined) return ''
  const texts = ids.map(id => rule.grounds.find(one => one.id === id)?.text ?? id)
  return say('portal.list-for-grounds', { grounds: texts.join('；') })
}

const dayText = (say: Say, { count, unit }: DayCount): string =>
  say(unit === 'working' ? 'portal.list-working-days' : 'portal.list-days', { count })
