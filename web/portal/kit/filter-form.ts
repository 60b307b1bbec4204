import { type Html, html } from '../html.ts'
import type { Say } from '../page.ts'

export type Choice = { readonly value: string; readonly label: string }
export type FilterField =
  | {
      readonly kind: 'choice'
      readonly name: string
      readonly label: string
      readonly value: string
      readonly choices: readonly Choice[]
    }
  | {
      readonly kind: 'day' | 'text'
      readonly name: string
      readonly label: string
      readonly value: string
      readonly hint?: string
    }

/** A plain GET form of filters that says how many are set; folded on narrow screens unless `isOpen`, where something is to be mended. */
export function filterForm(
  say: Say,
  action: string,
  fields: readonly FilterField[],
  kept: Readonly<Record<string, string>> = {},
  isOpen = false,
): Html {
  const set = fields.filter(field => field.value !== '').length
  return html`<details class="filter"${isOpen ? html` open` : ''}><summary>${say('portal.filter')}${set > 0 ? say('portal.filter-set', { set }) : ''}</summary><form method="get" action="${action}">${Object.entries(
    kept,
  ).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<div class="filter-fields">${fields.map(
    field => oneField(say, field),
  )}</div><p class="actions"><button class="button">${say('portal.apply')}</button> <a href="${action}">${say('portal.reset')}</a></p></form></details>`
}

function oneField(say: Say, field: FilterField): Html {
  const id = `f-${field.name}`
  if (field.kind === 'choice') {
    return html`<div class="field"><label for="${id}">${field.label}</label><select id="${id}" name="${field.name}"><option value="">${say('portal.all')}</option>${field.choices.map(
      one => html`<option value="${one.value}"${one.value === field.value ? html` selected` : ''}>${one.label}</option>`,
    )}</select></div>`
  }
  const hint = field.hint ? html`<span class="hint" id="${`${id}-hint`}">${field.hint}</span>` : ''
  return html`<div class="field"><label for="${id}">${field.label}</label>${hint}<input id="${id}" name="${field.name}" type="${
    field.kind === 'day' ? 'date' : 'text'
  }" value="${field.value}"${field.hint ? html` aria-describedby="${`${id}-hint`}"` : ''} autocomplete="off"></div>`
}

/** The field of a search, with its visible label. */
export function searchBand(say: Say, query: string, kept: Readonly<Record<string, string>> = {}): Html {
  return html`<form class="search-band" role="search" method="get" action="/search"><label for="q">${say('portal.search-label')}</label><div class="search-row"><input id="q" name="q" type="search" value="${query}" maxlength="100" autocomplete="off" enterkeyhint="search">${Object.entries(
    kept,
  ).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}<button class="button">${say('portal.search-button')}</button></div></form>`
}

/** What is wrong with what was typed, above everything else; the title says it too. */
export function errorSummary(say: Say, errors: readonly { readonly field: string; readonly sentence: string }[]): Html {
  if (errors.length === 0) return html``
  return html`<div class="errors" role="alert" tabindex="-1"><h2>${say('portal.errors', { count: errors.length })}</h2><ul>${errors.map(
    error => html`<li><a href="${`#${error.field}`}">${error.sentence}</a></li>`,
  )}</ul></div>`
}
