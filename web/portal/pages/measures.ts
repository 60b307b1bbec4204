import { legalDay } from '../../../src/base/day.ts'
import type { Measure } from '../../../src/law/measure-model.ts'
import { openMeasure, termText } from '../../../src/law/measures.ts'
import { type Html, html } from '../html.ts'
import { type Column, table } from '../kit/table.ts'
import { unverified } from '../kit/unverified.ts'
import { linkBases } from '../law-links.ts'
import { listMeasureFigures, type MeasureFigure } from '../measure-figures.ts'
import type { Page, Portal } from '../page.ts'

/* 失信惩戒措施清单: which measures there are, by which statute and whom, which may be taken here today, and what became of them in figures. */

/** `open`: an officer may be asked for it here. `theirs`: the court's or the tax authority's own. `closed`: it lacks something. */
type Standing = { readonly state: 'open' | 'theirs' | 'closed'; readonly missing: readonly string[] }

/** The register of measures and what became of them, without a name (M217, M219–M223). */
export const measuresPage: Page = {
  path: '/measures',
  label: 'portal.measures',
  mayBeIndexed: true,
  open: portal => async () => {
    const { say, law } = portal
    const all = [...law.measures.values()]
    const figures = await listMeasureFigures(portal.db)
    const rows = all.filter(one => one.row === 'sub-measure')
    const open = rows.filter(one => standingOf(portal, one).state === 'open').length
    const facts = { national: all.filter(one => one.row === 'national-list').length, rows: rows.length, open }
    return {
      kind: 'page',
      heading: say('portal.measures'),
      main: html`<p class="lead">${say('portal.measures-lead')}</p><p>${say('portal.measures-count', facts)}</p>${drawFigures(portal, figures)}<section class="measures"><h2>${say('portal.measures-register')}</h2>${all
        .filter(one => one.row === 'national-list')
        .map(one =>
          drawKind(
            portal,
            one,
            rows.filter(({ parent }) => parent === one.id),
          ),
        )}</section><section class="measures" id="prohibited"><h2>${say('portal.measures-prohibited')}</h2><p>${say('portal.measures-prohibited-lead')}</p><ul class="plain">${all
        .filter(one => one.row === 'prohibited')
        .map(one => drawProhibited(portal, one))}</ul></section><p class="links-line"><a href="/procedures/measure">${say(
        'portal.measures-procedure',
      )}</a> <a href="/lists">${say('portal.lists')}</a></p>`,
      data: {
        measures: all.map(one => dataOf(portal, one)),
        figures: figures.map(({ madeAt: _, ...one }) => one),
        asOf: portal.today(),
      },
    }
  },
}

function standingOf({ law, today }: Pick<Portal, 'law' | 'today'>, one: Measure): Standing {
  if (one.decidedBy !== 'body' || one.computed === 'never') return { state: 'theirs', missing: [] }
  const answer = openMeasure(law, one.id, today())
  return answer.open ? { state: 'open', missing: [] } : { state: 'closed', missing: answer.missing }
}

/** One of the fourteen, with those of its measures that have statutes of their own. */
function drawKind(portal: Portal, kind: Measure, rows: readonly Measure[]): Html {
  const { say } = portal
  const open = rows.filter(one => standingOf(portal, one).state === 'open').length
  const facts = { name: kind.name, count: rows.length, open }
  const told = rows.length === 0 ? 'portal.measures-kind-none' : 'portal.measures-kind'
  return html`<details id="${kind.id}"><summary>${say(told, facts)}</summary><p class="hint">${say(`portal.measures-${kind.kind}`)}${unverified(say, kind.confidence)}</p>${rows.map(one => drawRow(portal, one))}</details>`
}

function drawRow(portal: Portal, one: Measure): Html {
  const { say, law } = portal
  const fact = (label: string, value: Html | string): Html => html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`
  const { lists, decisions } = one.trigger
  const triggers = [...lists.map(list => law.lists.get(list)?.name ?? list), ...decisions]
  const units = [...law.units.values()].filter(unit => unit.measures.includes(one.id)).map(unit => unit.name)
  const review = one.termReview ? say('portal.measure-review', { months: one.termReview.months }) : ''
  const none = say('portal.measure-none')
  return html`<article class="record" id="${one.id}"><p class="marks">${markOf(portal, one)}${unverified(say, one.confidence)}</p><h3>${one.name}</h3><dl class="facts stacked">${[
    fact('portal.basis', one.statutes.length === 0 ? none : linkBases(law, one.statutes, say)),
    fact('portal.measure-body', one.body ?? none),
    units.length === 0 ? '' : fact('portal.measure-units', units.join(say('portal.comma'))),
    fact('portal.measure-trigger', triggers.length === 0 ? none : triggers.join(say('portal.semicolon'))),
    fact('portal.measure-term', `${termText(one.term) ?? none}${review}`),
    fact('portal.measure-target', `${say(`portal.measure-target-${one.target}`)}${reachText(portal, one)}`),
    one.note === undefined ? '' : fact('portal.measure-note', one.note),
  ]}</dl></article>`
}

/** Whom the statute names beside the one who was decided about. */
function reachText({ say }: Portal, { reaches }: Measure): string {
  const others = reaches.filter(one => one !== 'subject').map(one => say(`portal.measure-reach-${one}`))
  return others.length === 0 ? '' : say('portal.measure-reaches', { others: others.join(say('portal.comma')) })
}

function markOf(portal: Portal, one: Measure): Html {
  const { say } = portal
  const { state, missing } = standingOf(portal, one)
  const mark = (kind: string, shape: string, word: string): Html =>
    html`<span class="${`mark mark-${kind}`}"><span class="shape" aria-hidden="true">${shape}</span>${word}</span>`
  if (state === 'open') return mark('displayed', '○', say('portal.measure-open'))
  if (state === 'theirs') return mark('court', '§', say(`portal.measure-of-${one.decidedBy}`))
  const parts = missing.map(part => say(`portal.measure-lacks-${part}`)).join(say('portal.comma'))
  return mark('ended', '◌', say('portal.measure-closed', { parts }))
}

function drawProhibited({ say, law }: Portal, one: Measure): Html {
  return html`<li id="${one.id}"><b>${one.name}</b><span class="block">${say('portal.measure-unlawful')}${one.note ?? ''}</span><span class="quiet block">${say('portal.basis')}${say('portal.colon')}${linkBases(law, one.statutes, say)}${unverified(say, one.confidence)}</span></li>`
}

function drawFigures(portal: Portal, figures: readonly MeasureFigure[]): Html {
  const { say, city } = portal
  const [first] = figures
  const asOf = first
    ? html` <span class="quiet">${say('portal.figures-as-of', { day: legalDay(first.madeAt, city.zone) })}</span>`
    : ''
  const group = (by: MeasureFigure['by'], label: string): Html | '' => {
    const rows = figures.filter(one => one.by === by)
    return rows.length === 0 ? '' : table(say(`portal.measure-figures-${by}`), columnsOf(portal, say(label)), rows)
  }
  const all = figures.find(one => one.by === 'all')
  return html`<section id="figures"><h2>${say('portal.measure-figures')}${asOf}</h2>${
    all
      ? html`<p>${say(all.medianDays === null ? 'portal.measure-sum-few' : 'portal.measure-sum', { ...all, madeAt: null })}</p>`
      : html`<p class="empty-answer">${say('portal.measure-figures-none')}</p>`
  }${group('measure', 'portal.measure')}${group('unit', 'portal.unit')}${all ? html`<p class="hint">${say('portal.measure-figures-hint')}</p>` : ''}</section>`
}

function columnsOf({ say }: Portal, head: string): Column<MeasureFigure>[] {
  const count = (of: 'initiated' | 'responded' | 'inForce' | 'ended' | 'overdue'): Column<MeasureFigure> => ({
    head: say(`portal.measure-count-${of}`),
    cell: row => row[of].toLocaleString('en-US'),
    isNumber: true,
  })
  return [
    { head, cell: row => row.name },
    ...(['initiated', 'responded', 'inForce', 'ended', 'overdue'] as const).map(count),
    { head: say('portal.measure-median'), cell: row => row.medianDays ?? '—', isNumber: true },
  ]
}

function dataOf(portal: Portal, one: Measure): object {
  const { state, missing } = standingOf(portal, one)
  const { id, row, name, parent = null, statutes, body, target, reaches, trigger, confidence, note = null } = one
  return {
    ...{ measure: id, row, name, parent, statutes, body, target, reaches, trigger, confidence, note },
    ...(row === 'sub-measure' ? { state, missing } : {}),
    term: termText(one.term),
    reviewMonths: one.termReview?.months ?? null,
    units: [...portal.law.units.values()].filter(unit => unit.measures.includes(id)).map(unit => unit.id),
  }
}
