import { SUBJECT_KINDS } from '../../../src/subject/kind.ts'
import { maskResidentNumbers } from '../../../src/subject/resident-numbers.ts'
import { type Html, html } from '../html.ts'
import { codeText } from '../kit/code-text.ts'
import { errorSummary, type FilterField, filterForm, searchBand } from '../kit/filter-form.ts'
import { pager, withQuery } from '../kit/pager.ts'
import type { Ask, Page, Portal, Say } from '../page.ts'
import { districtName } from '../places.ts'
import { type SearchResult, type SubjectHit, searchSubjects } from '../search.ts'

const A_PAGE = 20

export const searchPage: Page = {
  path: '/search',
  label: 'portal.search',
  mayBeIndexed: false,
  open: portal => async ask => {
    const { say } = portal
    const q = ask.query['q']?.trim() ?? ''
    const { kind, district, status, after } = ask.query
    if (q === '') return page(say, html`${searchBand(say, '')}<p>${say('portal.search-how')}</p>`, { subjects: [], next: null })
    const found = await searchSubjects(portal.db, { q, kind, district, status, after, limit: A_PAGE })
    if (!found.ok) {
      const sentence = say(found.code)
      const main = html`${errorSummary(say, [{ field: 'q', sentence }])}${searchBand(say, maskResidentNumbers(q))}`
      return {
        ...page(say, main, { code: found.code, title: sentence, status: 400 }),
        status: 400,
        warning: say('portal.errors', { count: 1 }),
      }
    }
    const { exact } = found.value
    if (exact !== null) return { kind: 'moved', status: 302, to: `/subjects/${exact}` }
    // Whoever asks for a person's number finds nobody here, and the page does not say the number again.
    const shown = found.value.subjects.length === 0 ? maskResidentNumbers(q) : q
    return page(say, results(portal, ask, shown, found.value), { q: shown, ...found.value })
  },
}

function page(say: Say, main: Html, data: object) {
  return { kind: 'page', heading: say('portal.search'), main, data } as const
}

function results(portal: Portal, ask: Ask, q: string, found: SearchResult): Html {
  const { say } = portal
  const kept = Object.fromEntries(
    ['kind', 'district', 'status'].flatMap(name => (ask.query[name] ? [[name, ask.query[name] ?? '']] : [])),
  )
  const next = found.next ? withQuery('/search', { ...ask.query, format: undefined }, { after: found.next }) : null
  const first = ask.query['after'] ? withQuery('/search', { q, ...kept }) : null
  const list =
    found.subjects.length === 0
      ? none(portal, q, found.narrowed)
      : html`<ol class="hits">${found.subjects.map((hit, at) => drawHit(portal, hit, found.subjects[at - 1] ?? found.subjects[at + 1], q))}</ol>`
  return html`${searchBand(say, q, kept)}<div class="beside">${filters(portal, ask, q)}<section aria-label="${say('portal.results')}">${list}${
    found.narrowed && found.subjects.length > 0 ? html`<p class="hint">${say('portal.search-narrow')}</p>` : ''
  }${pager(say, first, next)}</section></div>`
}

function filters(portal: Portal, ask: Ask, q: string): Html {
  const { say, city, law } = portal
  const statuses = law.codeLists.get('registration-status')?.values ?? []
  const fields: FilterField[] = [
    choice('kind', say('portal.subject-kind'), ask, organisations(say)),
    choice(
      'district',
      say('portal.district'),
      ask,
      city.counties.map(county => ({ value: county.division, label: county.name })),
    ),
    choice(
      'status',
      say('portal.status'),
      ask,
      statuses.map(one => ({ value: one.text, label: one.text })),
    ),
  ]
  return filterForm(say, '/search', fields, { q })
}

function organisations(say: Say) {
  return SUBJECT_KINDS.filter(kind => kind !== 'natural-person').map(kind => ({ value: kind, label: say(`portal.kind-${kind}`) }))
}

export function choice(name: string, label: string, ask: Ask, choices: readonly { value: string; label: string }[]): FilterField {
  return { kind: 'choice', name, label, value: ask.query[name] ?? '', choices }
}

function none(portal: Portal, q: string, narrowed: boolean): Html {
  const { say, city } = portal
  if (narrowed) return html`<p class="empty-answer">${say('portal.search-too-wide')}</p>`
  return html`<p class="empty-answer">${say('search.none', { q })}</p>${
    city.nationalPortal ? html`<p><a href="${city.nationalPortal}">${say('portal.national')}</a></p>` : ''
  }`
}

function drawHit(portal: Portal, hit: SubjectHit, neighbour: SubjectHit | undefined, q: string): Html {
  const { say, city } = portal
  const facts = [
    say(`portal.kind-${hit.kind}`),
    hit.status,
    districtName(city, hit.district),
    hit.found === null ? say(`portal.hit-${hit.hit}`) : formerText(say, hit),
  ]
  return html`<li class="hit"><a href="${`/subjects/${hit.subjectId}`}"><span class="hit-name">${marked(hit.name, q, neighbour?.name)}</span></a>${
    hit.uscc ? html`<span class="hit-code" data-copy="${say('portal.copy')}">${codeText(hit.uscc)}</span>` : ''
  }<ul class="hit-facts">${facts.filter(Boolean).map(one => html`<li>${one}</li>`)}</ul></li>`
}

function formerText(say: Say, hit: SubjectHit): string {
  const { name = '', from = null, until = null } = hit.found ?? {}
  if (hit.hit === 'old-code') return say('portal.hit-old-code-is', { code: name })
  return say('portal.hit-former-is', { name, from: from?.slice(0, 4) ?? '', until: until?.slice(0, 4) ?? '' })
}

/** A name with the text asked for in bold, and the one or two characters underlined by which it differs from its neighbour. */
export function marked(name: string, q: string, neighbour: string | undefined): Html {
  const letters = [...name]
  const at = name.toUpperCase().indexOf(q.toUpperCase())
  const from = at < 0 ? -1 : [...name.slice(0, at)].length
  const to = from + [...q].length
  const differing = neighbour === undefined ? new Set<number>() : differences(letters, [...neighbour])
  const draw = (begin: number, end: number): Html[] =>
    letters.slice(begin, end).map((letter, index) => (differing.has(begin + index) ? html`<u>${letter}</u>` : html`${letter}`))
  if (from < 0) return html`${draw(0, letters.length)}`
  return html`${draw(0, from)}<b>${draw(from, to)}</b>${draw(to, letters.length)}`
}

function differences(letters: readonly string[], others: readonly string[]): Set<number> {
  if (letters.length !== others.length) return new Set()
  const found = letters.flatMap((letter, index) => (letter === others[index] ? [] : [index]))
  return new Set(found.length <= 2 ? found : [])
}
