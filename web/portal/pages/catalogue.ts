import { type ItemEdition, itemOn, itemsOn } from '../../../src/law/law.ts'
import type { Field } from '../../../src/law/model.ts'
import { type Html, html } from '../html.ts'
import { table } from '../kit/table.ts'
import { unverified } from '../kit/unverified.ts'
import { linkBases } from '../law-links.ts'
import type { Page, Portal } from '../page.ts'
import { gone } from './not-found.ts'

export const cataloguePage: Page = {
  path: '/catalogue',
  label: 'portal.catalogue',
  mayBeIndexed: true,
  open: portal => () => {
    const { say, law } = portal
    const items = itemsOn(law, portal.today())
    return {
      kind: 'page',
      heading: say('portal.catalogue'),
      main: html`<p class="lead">${say('portal.catalogue-lead', { classes: law.classes.size, items: items.length })}</p>${[
        ...law.classes.values(),
      ].map(
        one =>
          html`<section><h2>${one.id} ${one.name}</h2><p class="hint">${say('portal.basis')}${say('portal.colon')}${linkBases(law, one.basis, say)}${unverified(say, one.confidence)}</p><ul class="plain">${items
            .filter(item => item.class === one.id)
            .map(
              item =>
                html`<li><a href="${`/catalogue/${item.item}`}">${item.name}</a><span class="quiet">${say(`portal.mode-${item.disclosure.mode}`)}</span></li>`,
            )}</ul></section>`,
      )}`,
      data: {
        items: items.map(({ item, name, class: className, edition, disclosure }) => ({
          item,
          name,
          class: className,
          edition,
          mode: disclosure.mode,
        })),
      },
    }
  },
}

export const cataloguedItemPage: Page = {
  path: '/catalogue/:item',
  mayBeIndexed: true,
  open: portal => ask => {
    const { say, law } = portal
    const editions = law.items.get(ask.params['item'] ?? '')
    const today = portal.today()
    const wanted = ask.query['edition']
    const item = wanted
      ? editions?.find(one => one.inForceFrom === wanted)
      : (itemOn(law, ask.params['item'] ?? '', today) ?? editions?.at(-1))
    if (!editions || !item) return gone(portal, 'page.not-found')
    const isOld = item.inForceUntil !== null && item.inForceUntil < today
    return {
      kind: 'page',
      heading: item.name,
      main: html`${isOld ? html`<p class="banner">${say('portal.edition-old', { until: item.inForceUntil })}</p>` : ''}${editionSwitch(portal, editions, item)}${aboutItem(portal, item)}${fieldTable(portal, item)}${differences(portal, editions, item)}`,
      data: { item },
    }
  },
}

function editionSwitch(portal: Portal, editions: readonly ItemEdition[], shown: ItemEdition): Html {
  if (editions.length < 2) return html``
  return html`<nav class="tabs" aria-label="${portal.say('portal.editions')}"><ul>${editions.map(
    one =>
      html`<li><a href="${`/catalogue/${one.item}?edition=${one.inForceFrom}`}"${one === shown ? html` aria-current="page"` : ''}>${portal.say('portal.edition-from', { from: one.inForceFrom })}</a></li>`,
  )}</ul></nav>`
}

function aboutItem(portal: Portal, item: ItemEdition): Html {
  const { say, law } = portal
  const units = [...law.units.values()].filter(unit => unit.items.includes(item.item)).map(unit => unit.name)
  const lines: readonly (readonly [string, Html])[] = [
    ['portal.class', html`${item.class} ${law.classes.get(item.class)?.name ?? ''}`],
    ['portal.subject-kinds', html`${item.subjects.map(kind => say(`portal.kind-${kind}`)).join(say('portal.comma'))}`],
    ['portal.basis', html`${linkBases(law, item.basis, say)}${unverified(say, item.confidence)}`],
    ['portal.openness', sourced(portal, say(`portal.mode-${item.disclosure.mode}`) + chosen(portal, item), item.disclosure)],
    ['portal.period', sourced(portal, publicationText(portal, item), item.publication)],
    ['portal.report-clock', sourced(portal, clockText(portal, item), item.clocks.report)],
    ...(item.clocks.publish
      ? [
          [
            'portal.publish-clock',
            sourced(portal, say('portal.working-days', { days: item.clocks.publish.workingDays }), item.clocks.publish),
          ] as const,
        ]
      : []),
    [
      'portal.retention',
      sourced(
        portal,
        item.retention.years === null
          ? say('portal.retention-standing')
          : say('portal.retention-years', { years: item.retention.years }),
        item.retention,
      ),
    ],
    [
      'portal.in-force',
      html`${item.inForceUntil ? say('portal.period-until', { from: item.inForceFrom, until: item.inForceUntil }) : say('portal.period-open', { from: item.inForceFrom })}`,
    ],
    ['portal.units', html`${units.join(say('portal.comma')) || say('portal.units-none')}`],
  ]
  return html`<dl class="facts stacked">${lines.map(([label, value]) => html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`)}</dl>`
}

type Sourced = { readonly basis: readonly string[]; readonly confidence: string; readonly note?: string | undefined }

function sourced(portal: Portal, text: string, from: Sourced): Html {
  const { say, law } = portal
  return html`${text}${unverified(say, from.confidence as never)}<span class="quiet block">${say('portal.basis')}${say('portal.colon')}${linkBases(law, from.basis, say)}${from.note ? html`${say('portal.semicolon')}${from.note}` : ''}</span>`
}

function chosen(portal: Portal, item: ItemEdition): string {
  const when = item.disclosure.publicWhen
  if (!when) return ''
  return portal.say('portal.public-when', {
    field: item.fieldByCode.get(when.field)?.name ?? when.field,
    values: when.is.join('、'),
  })
}

function publicationText(portal: Portal, item: ItemEdition): string {
  const { say } = portal
  const rule = item.publication
  const most =
    rule.rule === 'while-valid' ? rule.atMostMonths : rule.rule === 'while-listed' ? (rule.termMonths ?? undefined) : undefined
  const months = rule.rule === 'fixed' ? rule.months : most
  const breaches = rule.rule === 'while-valid' ? (rule.breaches ?? []) : []
  const longest = Math.max(0, ...breaches.map(one => one.atMostMonths))
  const broken = longest > 0 ? say('portal.publication-breach', { months: longest }) : ''
  const end = most ? say('portal.at-most-months', { months: most }) : ''
  return say(`portal.publication-${rule.rule}`, { months }) + end + broken
}

function clockText(portal: Portal, item: ItemEdition): string {
  const { report } = item.clocks
  return 'monthly' in report ? portal.say('portal.monthly') : portal.say('portal.working-days', { days: report.workingDays })
}

function fieldTable(portal: Portal, item: ItemEdition): Html {
  const { say, law } = portal
  return html`<section><h2>${say('portal.fields')}</h2><div class="scroll" tabindex="0" role="group" aria-label="${say('portal.fields')}">${table<Field>(
    say('portal.fields-caption', { name: item.name }),
    [
      {
        head: say('portal.field'),
        cell: field => html`${field.name} <span class="quiet code">${field.code}</span>${unverified(say, field.confidence)}`,
      },
      { head: say('portal.field-type'), cell: field => say(`portal.type-${field.type}`) },
      { head: say('portal.required'), cell: field => say(field.required ? 'portal.yes' : 'portal.no') },
      { head: say('portal.code-list'), cell: field => (field.list ? (law.codeLists.get(field.list)?.name ?? '') : '') },
      { head: say('portal.is-public'), cell: field => say(field.public ? 'portal.yes' : 'portal.no') },
      {
        head: say('portal.masking'),
        cell: field =>
          field.mask === 'none' && field.type !== 'id-number'
            ? ''
            : say(`portal.mask-${field.type === 'id-number' ? 'id-number' : field.mask}`),
      },
    ],
    item.fields,
  )}</div></section>`
}

/** An older edition against today's, column by column. */
function differences(portal: Portal, editions: readonly ItemEdition[], shown: ItemEdition): Html {
  const latest = editions.at(-1)
  if (!latest || latest === shown) return html``
  const { say } = portal
  const key = (field: Field | undefined): string =>
    JSON.stringify(field && [field.name, field.type, field.required, field.public, field.mask])
  const codes = [...new Set([...shown.fieldByCode.keys(), ...latest.fieldByCode.keys()])]
  const rows = codes.filter(code => key(shown.fieldByCode.get(code)) !== key(latest.fieldByCode.get(code)))
  if (rows.length === 0) return html`<p>${say('portal.editions-same')}</p>`
  return table(
    say('portal.editions-differ', { from: shown.inForceFrom, to: latest.inForceFrom }),
    [
      { head: say('portal.field'), cell: code => code },
      {
        head: say('portal.edition-from', { from: shown.inForceFrom }),
        cell: code => shown.fieldByCode.get(code)?.name ?? say('portal.none'),
      },
      {
        head: say('portal.edition-from', { from: latest.inForceFrom }),
        cell: code => latest.fieldByCode.get(code)?.name ?? say('portal.none'),
      },
    ],
    rows,
  )
}
