import { printArticle } from '../../../src/law/citation.ts'
import { instrumentInForce } from '../../../src/law/law.ts'
import type { Instrument } from '../../../src/law/model.ts'
import { type Html, html } from '../html.ts'
import { isUnverified, unverified } from '../kit/unverified.ts'
import { articleAnchor, type Resting, rulesByArticle } from '../law-links.ts'
import type { Page, Portal } from '../page.ts'
import { gone } from './not-found.ts'

const LEVELS: readonly Instrument['level'][] = [
  ...(['law', 'regulation', 'judicial-interpretation', 'departmental-rule', 'local-regulation', 'local-rule'] as const),
  ...(['central-policy', 'policy', 'standard', 'draft'] as const),
]

export const lawPage: Page = {
  path: '/law',
  label: 'portal.law',
  mayBeIndexed: true,
  open: portal => () => {
    const { say, law } = portal
    const today = portal.today()
    const byLevel = Map.groupBy(law.instruments.values(), one => one.level)
    const groups = LEVELS.map(level => [level, byLevel.get(level) ?? []] as const).filter(([, acts]) => acts.length > 0)
    return {
      kind: 'page',
      heading: say('portal.law'),
      main: html`<p class="lead">${say('portal.law-lead', { count: law.instruments.size })}</p>${groups.map(
        ([level, acts]) =>
          html`<section><h2>${say(`portal.level-${level}`)}</h2><ul class="plain">${acts.map(
            act =>
              html`<li><a href="${`/law/${act.id}`}">${act.title}</a>${act.number ? html` <span class="quiet">${act.number}</span>` : ''}${
                instrumentInForce(act, today) ? '' : html` <span class="mark mark-ended">${say('portal.not-in-force')}</span>`
              }${unverified(say, act.confidence)}</li>`,
          )}</ul></section>`,
      )}`,
      data: { digest: law.digest, instruments: [...law.instruments.values()].map(({ articles: _, ...act }) => act) },
    }
  },
}

export const instrumentPage: Page = {
  path: '/law/:instrument',
  mayBeIndexed: true,
  open: portal => {
    const resting = rulesByArticle(portal.law, portal.say)
    return ask => {
      const { say } = portal
      const act = portal.law.instruments.get(ask.params['instrument'] ?? '')
      if (!act) return gone(portal, 'page.not-found')
      const rules = resting.get(act.id) ?? new Map<string, readonly Resting[]>()
      const articles = articlesOf(act, rules)
      return {
        kind: 'page',
        heading: act.title,
        main: html`${endBanner(portal, act)}${aboutAct(portal, act)}${
          articles.length > 1
            ? html`<nav class="contents" aria-label="${say('portal.articles')}"><ul>${articles.map(
                article => html`<li><a href="${`#${articleAnchor(article)}`}">${articleName(say, article)}</a></li>`,
              )}</ul></nav>`
            : ''
        }${articles.map(article => drawArticle(portal, act, article, rules.get(article) ?? []))}${
          rules.has('')
            ? html`<section><h2>${say('portal.rests-on-act')}</h2>${restingList(portal, rules.get('') ?? [])}</section>`
            : ''
        }`,
        data: { instrument: act, rules: Object.fromEntries(rules) },
      }
    }
  },
}

/** Articles held or cited, in the order of their numbers. */
function articlesOf(act: Instrument, rules: ReadonlyMap<string, unknown>): string[] {
  const all = new Set([...act.articles.map(one => one.article), ...rules.keys()].filter(Boolean))
  return [...all].sort((a, b) => Number.parseFloat(a) - Number.parseFloat(b) || a.localeCompare(b, 'zh-CN'))
}

function articleName(say: Portal['say'], article: string): string {
  return /^\d/.test(article) ? printArticle(article) : say('portal.article-plain', { article: printArticle(article) })
}

function endBanner(portal: Portal, act: Instrument): Html {
  const { say, law } = portal
  if (instrumentInForce(act, portal.today())) return html``
  const next = act.repealedBy ? law.instruments.get(act.repealedBy) : undefined
  return html`<p class="banner">${
    act.inForceUntil
      ? say('portal.act-over', { until: act.inForceUntil })
      : say('portal.act-not-begun', { from: act.inForceFrom })
  }${next ? html` ${say('portal.act-repealed-by')}<a href="${`/law/${next.id}`}">${next.title}</a>` : ''}</p>`
}

function aboutAct(portal: Portal, act: Instrument): Html {
  const { say } = portal
  const lines: readonly (readonly [string, string | null | undefined])[] = [
    ['portal.act-number', act.number],
    ['portal.issuer', act.issuer],
    ['portal.level', say(`portal.level-${act.level}`)],
    ['portal.in-force-from', act.inForceFrom ?? say('portal.day-unknown')],
    ['portal.in-force-until', act.inForceUntil],
    ['portal.source', act.source],
    ['portal.remark', act.note],
  ]
  return html`<dl class="facts stacked">${lines.map(([label, value]) => (value ? html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>` : ''))}${
    isUnverified(act.confidence)
      ? html`<div><dt>${say('portal.confidence')}</dt><dd>${unverified(say, act.confidence)}</dd></div>`
      : ''
  }</dl>`
}

function drawArticle(portal: Portal, act: Instrument, article: string, rules: readonly Resting[]): Html {
  const { say } = portal
  const held = act.articles.find(one => one.article === article)
  return html`<section class="article" id="${articleAnchor(article)}"><h2>${articleName(say, article)}</h2>${
    held?.text
      ? html`<blockquote>${held.text}</blockquote><p class="provenance">${say('portal.text-source', { source: held.textSource, on: held.enteredOn })}</p>`
      : html`<p class="not-held">${say('portal.text-not-held')}</p>`
  }${rules.length > 0 ? html`<h3>${say('portal.rests-here')}</h3>${restingList(portal, rules)}` : ''}</section>`
}

function restingList(portal: Portal, rules: readonly Resting[]): Html {
  return html`<ul class="plain">${rules.map(
    rule =>
      html`<li>${rule.address ? html`<a href="${rule.address}">${rule.what}</a>` : rule.what}${unverified(portal.say, rule.confidence as never)}${
        rule.note ? html`<span class="quiet block">${rule.note}</span>` : ''
      }</li>`,
  )}</ul>`
}
