import type { Day } from '../../../src/base/day.ts'
import { legalDay } from '../../../src/base/day.ts'
import type { Query } from '../../../src/db/database.ts'
import type { VerifyView } from '../../../src/reports/contract.ts'
import { parseVerifyCode, type VerifyCode, verifyCodeGroups } from '../../../src/reports/verify-code.ts'
import { maskResidentNumbers } from '../../../src/subject/resident-numbers.ts'
import { type Html, html } from '../html.ts'
import { codeText } from '../kit/code-text.ts'
import { errorSummary } from '../kit/filter-form.ts'
import { type VerifyState, verifyBlock } from '../kit/verify-block.ts'
import type { Page, Portal, Say } from '../page.ts'

export const verifyPage: Page = {
  path: '/verify',
  label: 'portal.verify',
  mayBeIndexed: true,
  open: portal => ask => {
    const { say } = portal
    const typed = ask.query['code']?.trim()
    const parsed = typed ? parseVerifyCode(typed) : null
    if (parsed?.ok) return { kind: 'moved', status: 303, to: `/verify/${parsed.value}` }
    const errors = parsed ? [{ field: 'code', sentence: say(parsed.code, parsed.facts) }] : []
    return {
      kind: 'page',
      heading: say('portal.verify'),
      ...(parsed ? { status: 400, warning: say('portal.errors', { count: 1 }) } : {}),
      main: html`${errorSummary(say, errors)}<p class="lead">${say('portal.verify-lead')}</p>${entryForm(say, typed ?? '', errors[0]?.sentence)}${mistakes(say)}<p class="hint">${say('portal.verify-limits')}</p>`,
      data: parsed
        ? { code: parsed.code, title: say(parsed.code, parsed.facts), status: 400 }
        : { use: `${portal.publicUrl}/verify/{code}` },
    }
  },
}

function entryForm(say: Say, typed: string, error?: string): Html {
  return html`<form class="search-band" method="get" action="/verify"><label for="code">${say('portal.verify-label')}</label><span class="hint" id="code-hint">${say('portal.verify-hint')}</span>${
    error ? html`<span class="field-error" id="code-error">${error}</span>` : ''
  }<div class="search-row"><input id="code" name="code" class="code-input" value="${maskResidentNumbers(typed)}" maxlength="200" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="${error ? 'code-error code-hint' : 'code-hint'}"${
    error ? html` aria-invalid="true"` : ''
  }><button class="button">${say('portal.verify-button')}</button></div></form>`
}

function mistakes(say: Say): Html {
  return html`<section><h2>${say('portal.verify-mistakes')}</h2><ul class="plain"><li>${say('portal.verify-mistake-1')}</li><li>${say('portal.verify-mistake-2')}</li><li>${say('portal.verify-mistake-3')}</li></ul></section>`
}

type ReportRow = {
  readonly code: string
  readonly kind: string
  readonly number: string
  readonly subjectName: string
  readonly uscc: string | null
  readonly issuedAt: Date
  readonly validUntil: Day | null
  readonly pages: number
  readonly digest: string
  readonly state: 'issued' | 'superseded' | 'withdrawn'
  /** Something that it could not show has come to stand again since. */
  readonly hasChanged: boolean
}

export async function findReport(db: Query, code: VerifyCode): Promise<ReportRow | undefined> {
  return await db.row<ReportRow>({
    name: 'portal-report',
    text: `select code, kind, number, subject_name as "subjectName", uscc, issued_at as "issuedAt", valid_until as "validUntil", pages, digest, state, changed_at is not null as "hasChanged" from pub.report where code = $1`,
    values: [code],
  })
}

/** Whether a paper still stands on a day; what was taken back is never valid again, whatever its last day says. */
export function stateOf(report: Pick<ReportRow, 'state' | 'validUntil'> | undefined, today: Day): VerifyState {
  if (!report) return 'unknown'
  if (report.state !== 'issued') return report.state
  return report.validUntil !== null && report.validUntil < today ? 'expired' : 'valid'
}

export const verifyCodePage: Page = {
  path: '/verify/:code',
  mayBeIndexed: false,
  open: portal => async ask => {
    const { say } = portal
    const typed = ask.params['code'] ?? ''
    const parsed = parseVerifyCode(typed)
    if (parsed.ok && parsed.value !== typed) return { kind: 'moved', status: 308, to: `/verify/${parsed.value}` }
    const report = parsed.ok ? await findReport(portal.db, parsed.value) : undefined
    const state = stateOf(report, portal.today())
    const isChanged = state === 'valid' && report?.hasChanged === true
    const sentence = say(isChanged ? 'verify.changed' : `verify.${state}`, { until: report?.validUntil })
    const why = parsed.ok ? '' : say(parsed.code, parsed.facts)
    return {
      kind: 'page',
      heading: say('portal.verify-result'),
      status: state === 'unknown' ? 404 : 200,
      main: html`${verifyBlock(say, state, why || sentence, isChanged)}${report ? drawReport(portal, report, state) : html`${entryForm(say, typed)}${mistakes(say)}`}<p class="hint">${say('portal.verify-limits')}</p>`,
      data: viewOf(typed, report, { state, isChanged }, why || sentence),
    }
  },
}

type Found = { readonly state: VerifyState; readonly isChanged: boolean }

function viewOf(typed: string, report: ReportRow | undefined, { state, isChanged }: Found, sentence: string): VerifyView {
  return {
    code: report?.code ?? maskResidentNumbers(typed),
    state,
    changedSince: isChanged,
    sentence,
    kind: report?.kind ?? null,
    number: report?.number ?? null,
    subjectName: report?.subjectName ?? null,
    uscc: report?.uscc ?? null,
    issuedAt: report?.issuedAt.toISOString() ?? null,
    validUntil: report ? statedEnd(report) : null,
    pages: report?.pages ?? null,
    digest: report?.digest ?? null,
  }
}

function drawReport(portal: Portal, report: ReportRow, state: VerifyState): Html {
  const { say, city } = portal
  const { digest } = report
  const at = say('portal.instant', { day: legalDay(report.issuedAt, city.zone), time: timeIn(report.issuedAt, city.zone) })
  const line = (label: string, value: Html | string | number): Html => html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`
  const groups = verifyCodeGroups(report.code as VerifyCode)
  return html`<section><h2>${say('portal.verify-compare')}</h2><dl class="facts stacked">${line('portal.verify-label', html`<span class="code">${groups.map(one => html`<span>${one}</span>`)}</span>`)}${line(
    'portal.report-kind',
    say(`portal.report-${report.kind}`),
  )}${line('portal.report-number', html`<span class="code">${report.number}</span>`)}${line('portal.subject-name', report.subjectName)}${
    report.uscc ? line('portal.uscc', codeText(report.uscc)) : ''
  }${line('portal.issued-at', at)}${line('portal.valid-until', statedEnd(report) ?? say('portal.valid-while-same'))}${line('portal.page-count', say('portal.page-count-of', { pages: report.pages }))}${line(
    'portal.digest',
    html`<span class="digest-short code">${digest.slice(0, 8)}</span> … <span class="digest-short code">${digest.slice(-8)}</span><span class="digest code" id="digest">${digest}</span>`,
  )}</dl></section><section id="compare" data-same="${say('portal.compare-same')}" data-differs="${say('portal.compare-differs')}" hidden><h2>${say('portal.compare')}</h2><p>${say('portal.compare-text')}</p><label for="compare-file">${say('portal.compare-label')}</label><input id="compare-file" type="file" accept="application/pdf"><p id="compare-answer" role="status"></p></section>${
    state === 'valid' || state === 'expired' ? '' : html`<p><a class="button" href="/reports">${say('portal.reports')}</a></p>`
  }`
}

/** Only a special report says until when it may be relied on; a public one stands while what it shows stands. */
function statedEnd(report: ReportRow): Day | null {
  return report.kind === 'special' ? report.validUntil : null
}

function timeIn(at: Date, zone: string): string {
  return at.toLocaleTimeString('zh-CN', { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false })
}
