import { cite } from '../../src/law/citation.ts'
import { basisOf, type Law } from '../../src/law/law.ts'
import { type Html, html, join } from './html.ts'
import type { Say } from './page.ts'

/** The fragment of an article on its act's page. */
export function articleAnchor(article: string): string {
  return `art-${article.replaceAll(/[()（）]/g, '')}`
}

/** Where a basis can be read here; null for an act that is not loaded. */
export function basisAddress(law: Law, basis: string): string | null {
  const found = basisOf(law, basis)
  if (!found) return null
  const fragment = found.article === null ? '' : `#${articleAnchor(found.article)}`
  return `/law/${found.instrument.id}${fragment}`
}

const links = new WeakMap<Law, Map<string, Html>>()

/** A basis as a citation that leads to its article. Made once for each basis of a law. */
export function linkBasis(law: Law, basis: string): Html {
  let made = links.get(law)
  if (!made) {
    made = new Map()
    links.set(law, made)
  }
  let link = made.get(basis)
  if (!link) {
    const address = basisAddress(law, basis)
    link = address ? html`<a href="${address}">${cite(law, basis)}</a>` : html`${cite(law, basis)}`
    made.set(basis, link)
  }
  return link
}

export function linkBases(law: Law, bases: readonly string[], say: Say): Html {
  return join(
    bases.map(basis => linkBasis(law, basis)),
    say('portal.comma'),
  )
}

/** One rule of the platform that rests on an article. */
export type Resting = {
  readonly what: string
  readonly address: string | null
  readonly confidence: string
  readonly note: string | null
}

type Sourced = { readonly basis: readonly string[]; readonly confidence: string; readonly note?: string | undefined }

/** Instrument → article ('' for the act as a whole) → the rules of the platform that rest on it. */
export function rulesByArticle(law: Law, say: Say): ReadonlyMap<string, ReadonlyMap<string, readonly Resting[]>> {
  const found = new Map<string, Map<string, Resting[]>>()
  const add = (source: Sourced, what: string, address: string | null): void => {
    for (const basis of source.basis) {
      const [id = '', article = ''] = basis.split('#')
      const articles = found.get(id) ?? new Map<string, Resting[]>()
      const rules = articles.get(article) ?? []
      if (!rules.some(rule => rule.what === what))
        rules.push({ what, address, confidence: source.confidence, note: source.note ?? null })
      articles.set(article, rules)
      found.set(id, articles)
    }
  }
  for (const rule of everyRule(law, say)) add(...rule)
  return found
}

/** Lists and measures. A list that is not serious has no page of its own. */
function* registerRules(law: Law, say: Say): Generator<[Sourced, string, string | null]> {
  for (const one of law.lists.values())
    yield [
      one,
      say('portal.rests-list', { name: one.name }),
      one.kind !== 'serious' ? null : one.enabled ? `/lists/${one.list}` : '/lists',
    ]
  for (const one of law.measures.values())
    yield [
      { basis: one.statutes, confidence: one.confidence, note: one.note },
      say(one.enabled ? 'portal.rests-measure' : 'portal.rests-measure-closed', { name: one.name }),
      `/measures#${one.id}`,
    ]
}

function* procedureRules(law: Law, say: Say): Generator<[Sourced, string, string | null]> {
  for (const one of [...law.procedures.values()].flat()) {
    const address = `/procedures/${one.procedure}?edition=${one.inForceFrom}`
    yield [one, say('portal.rests-procedure', { name: one.name }), address]
    for (const part of [...one.clocks, ...one.acts])
      yield [part, say('portal.rests-procedure-act', { name: one.name, part: part.name }), address]
  }
}

function* everyRule(law: Law, say: Say): Generator<[Sourced, string, string | null]> {
  for (const one of law.classes.values()) yield [one, say('portal.rests-class', { name: one.name }), '/catalogue']
  yield* itemRules(law, say)
  yield* registerRules(law, say)
  yield* procedureRules(law, say)
  for (const regime of law.regimes) {
    yield [regime, say('portal.rests-regime', { name: regime.name }), null]
    for (const one of regime.cases) yield [one, say('portal.rests-regime', { name: regime.name }), null]
  }
  yield [law.transition, say('portal.rests-transition'), null]
  for (const one of law.mirrors) yield [one, say('portal.rests-mirror', { publisher: one.publisher }), null]
  for (const table of [...law.gravity, ...law.cityGravity])
    for (const one of table.thresholds) yield [one, say('portal.rests-threshold', { day: table.inForceFrom }), null]
  for (const one of law.prohibited) yield [one, say('portal.rests-prohibited', { name: one.name }), null]
  for (const one of law.calendarYears)
    yield [{ basis: [one.instrument], confidence: one.confidence }, say('portal.rests-calendar', { year: one.year }), null]
  for (const one of law.layouts) yield [one, say('portal.rests-layout', { name: one.title }), '/reports']
  for (const one of law.domains.values()) yield [one, say('portal.rests-domain', { name: one.name }), null]
  for (const one of law.codeLists.values()) yield [one, say('portal.rests-code-list', { name: one.name }), null]
}

function* itemRules(law: Law, say: Say): Generator<[Sourced, string, string | null]> {
  for (const editions of law.items.values()) {
    for (const item of editions) {
      const address = `/catalogue/${item.item}?edition=${item.inForceFrom}`
      const facts = { name: item.name }
      yield [item, say('portal.rests-item', facts), address]
      yield [item.disclosure, say('portal.rests-disclosure', facts), address]
      yield [item.publication, say('portal.rests-publication', facts), address]
      yield [item.clocks.report, say('portal.rests-clock', facts), address]
      yield [item.retention, say('portal.rests-retention', facts), address]
      for (const rule of item.rules) yield [rule, say('portal.rests-check', facts), address]
    }
  }
}
