import { layoutOn } from '../../../src/law/law.ts'
import type { ReportLayout } from '../../../src/law/report-model.ts'
import { maskResidentNumbers } from '../../../src/subject/resident-numbers.ts'
import { type Html, html } from '../html.ts'
import { codeText } from '../kit/code-text.ts'
import { errorSummary } from '../kit/filter-form.ts'
import { linkBases } from '../law-links.ts'
import type { Page, Portal } from '../page.ts'
import { type SubjectHit, searchSubjects } from '../search.ts'

const CHOICES = 10

/** How to get a report: choose the subject here; the public report is issued at once, the special one to the subject itself. */
export const reportsPage: Page = {
  path: '/reports',
  label: 'portal.reports',
  mayBeIndexed: true,
  open: portal => async ask => {
    const { say, law } = portal
    const q = ask.query['q']?.trim() ?? ''
    const found = q === '' ? null : await searchSubjects(portal.db, { q, limit: CHOICES })
    const errors = found && !found.ok ? [{ field: 'report-q', sentence: say(found.code) }] : []
    const hits = found?.ok ? found.value.subjects : null
    // A person's number finds nobody, and is not said again.
    const shown = hits !== null && hits.length > 0 ? q : maskResidentNumbers(q)
    const today = portal.today()
    const layouts = (['public', 'special'] as const).flatMap(kind => layoutOn(law, kind, today) ?? [])
    return {
      kind: 'page',
      heading: say('portal.reports'),
      ...(errors.length > 0 ? { status: 400, warning: say('portal.errors', { count: 1 }) } : {}),
      main: html`${errorSummary(say, errors)}<p class="lead">${say('portal.reports-lead')}</p>${layouts.map(layout =>
        layout.layout === 'public' ? openToAll(portal, layout, shown, hits) : ofTheSubject(portal, layout),
      )}<section><h2>${say('portal.report-after')}</h2><p>${say('portal.report-after-text')}</p><p><a href="/verify">${say('portal.verify')}</a></p></section>`,
      data: {
        layouts: layouts.map(one => ({ kind: one.layout, title: one.title, validMonths: one.validMonths })),
        subjects: hits ?? [],
      },
    }
  },
}

function openToAll(portal: Portal, layout: ReportLayout, q: string, hits: readonly SubjectHit[] | null): Html {
  const { say } = portal
  return html`<section><h2>${layout.title}</h2><p>${say('portal.report-public-text')}</p>${basisLine(portal, layout)}<form class="search-band" method="get" action="/reports"><label for="report-q">${say(
    'portal.report-choose',
  )}</label><div class="search-row"><input id="report-q" name="q" type="search" value="${q}" maxlength="100" autocomplete="off"><button class="button">${say(
    'portal.find',
  )}</button></div></form>${hits ? choices(portal, hits, q) : ''}</section>`
}

function ofTheSubject(portal: Portal, layout: ReportLayout): Html {
  const { say } = portal
  const lines = [...layout.statements, ...(layout.criminalRecord ? [layout.criminalRecord] : [])]
  return html`<section><h2>${layout.title}</h2><p>${say('portal.report-special-text')}</p><ul class="plain bullets">${lines.map(
    line => html`<li>${line}</li>`,
  )}</ul>${basisLine(portal, layout)}<p><a href="/my/reports">${say('portal.report-special-where')}</a></p></section>`
}

function basisLine(portal: Portal, layout: ReportLayout): Html {
  const { say, law } = portal
  return html`<p class="hint">${say('portal.basis')}${say('portal.colon')}${linkBases(law, layout.basis, say)}</p>`
}

function choices(portal: Portal, hits: readonly SubjectHit[], q: string): Html {
  const { say } = portal
  if (hits.length === 0) return html`<p class="empty-answer">${say('search.none', { q })}</p>`
  return html`<ul class="hits">${hits.map(
    hit =>
      html`<li class="hit report-choice"><div><a href="${`/subjects/${hit.subjectId}`}"><span class="hit-name">${hit.name}</span></a>${
        hit.uscc ? html`<span class="hit-code">${codeText(hit.uscc)}</span>` : ''
      }</div><form method="post" action="${`/subjects/${hit.subjectId}/report`}"><button class="button" aria-label="${say('portal.issue-of', { name: hit.name })}">${say('portal.issue-public')}</button></form></li>`,
  )}</ul>`
}
