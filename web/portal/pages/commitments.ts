import { type Day, isDay } from '../../../src/base/day.ts'
import { type Pledge, pledgesOn, templateDigest, templateText } from '../../../src/law/pledge.ts'
import { type CommitmentKey, findShownCommitment, listCommitments, type ShownCommitment } from '../commitments.ts'
import { type Html, html } from '../html.ts'
import { codeText } from '../kit/code-text.ts'
import { filterForm } from '../kit/filter-form.ts'
import { pager, withQuery } from '../kit/pager.ts'
import { table } from '../kit/table.ts'
import { unverified } from '../kit/unverified.ts'
import { linkBases } from '../law-links.ts'
import type { Page, Portal } from '../page.ts'
import { gone } from './not-found.ts'

/* 信用承诺: what is to be kept now, and where a commitment is taken, by which text. What was decided stands with the records (/commitments). */

const A_PAGE = 20
const HOME = '/commitments/current'

/** `2026-06-08.86010020260608000001` in an address; undefined for anything else. */
function readKey(text: string | undefined): CommitmentKey | undefined {
  const [, madeOn = '', number = ''] = /^(\d{4}-\d{2}-\d{2})\.(\d{20})$/.exec(text ?? '') ?? []
  return isDay(madeOn) ? { madeOn, number } : undefined
}

const printKey = ({ madeOn, number }: CommitmentKey): string => `${madeOn}.${number}`

const addressOf = ({ number }: Pick<ShownCommitment, 'number'>): string => `${HOME}/${number}`

export const currentCommitmentsPage: Page = {
  path: HOME,
  label: 'portal.commitments-current',
  mayBeIndexed: false,
  open: portal => async ask => {
    const { say } = portal
    const filter = { unit: ask.query['unit'] ?? '', type: ask.query['type'] ?? '' }
    const page = await listCommitments(portal.db, filter, {
      size: A_PAGE,
      older: readKey(ask.query['older']),
      newer: readKey(ask.query['newer']),
    })
    const to = (key: 'older' | 'newer'): string | null => page[key] && withQuery(HOME, filter, { [key]: printKey(page[key]) })
    return {
      kind: 'page',
      heading: say('portal.commitments-current'),
      main: html`<p class="lead">${say('portal.commitments-current-lead')}</p>${filters(portal, filter)}${
        page.rows.length === 0
          ? html`<p class="empty-answer">${say('portal.commitments-current-empty')}</p>`
          : rowsOf(portal, page.rows)
      }${pager(say, to('newer'), to('older'))}<p class="links-line"><a href="/commitments">${say(
        'portal.commitments',
      )}</a> <a href="/commitments/matters">${say('portal.commitment-matters')}</a></p>`,
      data: { commitments: page.rows, next: page.older ? printKey(page.older) : null, asOf: portal.today() },
    }
  },
}

function filters({ say, law, today }: Portal, filter: { unit: string; type: string }): Html {
  const units = new Set(pledgesOn(law, today()).map(one => one.unit))
  return filterForm(say, HOME, [
    {
      ...{ kind: 'choice', name: 'unit', label: say('portal.commitments-authority'), value: filter.unit },
      choices: [...units].map(id => ({ value: id, label: law.units.get(id)?.name ?? id })),
    },
    {
      ...{ kind: 'choice', name: 'type', label: say('portal.commitment-type'), value: filter.type },
      choices: [...law.commitments.types.values()].map(one => ({ value: one.type, label: one.text })),
    },
  ])
}

function rowsOf({ say }: Portal, rows: readonly ShownCommitment[]): Html {
  return table(
    say('portal.commitments-current-caption'),
    [
      {
        head: say('portal.subject-name'),
        cell: row => html`<a href="${`/subjects/${row.subjectId}`}">${row.subjectName}</a>`,
      },
      { head: say('portal.matter'), cell: row => html`<a href="${addressOf(row)}">${row.matter}</a>` },
      { head: say('portal.commitment-type'), cell: row => row.typeName },
      { head: say('portal.commitments-authority'), cell: row => row.unitName },
      { head: say('portal.commitments-day'), cell: row => html`<span class="day">${row.madeOn}</span>` },
      { head: say('portal.commitment-until'), cell: row => html`<span class="day">${row.validUntil}</span>` },
    ],
    rows,
  )
}

export const commitmentPage: Page = {
  path: `${HOME}/:number`,
  mayBeIndexed: false,
  open:
    portal =>
    async ({ params }) => {
      const { say } = portal
      const number = params['number'] ?? ''
      const one = /^\d{20}$/.test(number) ? await findShownCommitment(portal.db, number) : undefined
      if (!one) return gone(portal, 'page.not-found')
      const fact = (label: string, value: Html | string): Html => html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`
      return {
        kind: 'page',
        heading: templateName(portal, one.template),
        main: html`<dl class="facts stacked">${[
          fact('portal.subject-name', html`<a href="${`/subjects/${one.subjectId}`}">${one.subjectName}</a>`),
          one.uscc ? fact('portal.uscc', codeText(one.uscc)) : html``,
          fact('portal.commitment-number', codeText(one.number)),
          fact('portal.matter', one.matter),
          fact('portal.commitment-type', one.typeName),
          fact('portal.commitments-authority', one.unitName),
          fact('portal.commitments-day', html`<span class="day">${one.madeOn}</span>`),
          fact('portal.commitment-until', html`<span class="day">${one.validUntil}</span>`),
        ]}</dl><section><h2>${say('portal.commitment-text')}</h2>${paragraphs(one.text)}<p class="hint">${say(
          'portal.commitment-edition',
          {
            edition: one.edition,
          },
        )} <span class="code">${one.digest}</span></p></section><p class="links-line"><a href="${HOME}">${say('portal.commitments-current')}</a></p>`,
        data: one,
      }
    },
}

const templateName = ({ law }: Portal, template: string): string =>
  law.commitments.templates.get(template)?.at(-1)?.name ?? template

const paragraphs = (text: readonly string[]): Html =>
  html`<ol>${text.map(one => html`<li>${one.split('\n').map((line, index) => (index === 0 ? line : html`<br>${line}`))}</li>`)}</ol>`

/** Where a commitment is taken, for what it stands, to whom it is closed, and by which text (M114, M115, M123, M127). */
export const commitmentMattersPage: Page = {
  path: '/commitments/matters',
  label: 'portal.commitment-matters',
  mayBeIndexed: true,
  open: portal => () => {
    const { say, law } = portal
    const today = portal.today()
    const pledges = pledgesOn(law, today)
    const units = [...new Set(pledges.map(one => one.unit))]
    const templates = [...new Map(pledges.map(one => [one.template.template, one])).values()]
    return {
      kind: 'page',
      heading: say('portal.commitment-matters'),
      main: html`<p class="lead">${say('portal.commitment-matters-lead')}</p>${units.map(
        unit =>
          html`<section><h2>${law.units.get(unit)?.name ?? unit}</h2><ul class="plain">${pledges
            .filter(one => one.unit === unit)
            .map(one => matterLine(portal, one))}</ul></section>`,
      )}<section><h2>${say('portal.commitment-templates')}</h2>${templates.map(one => templateDetails(portal, one))}</section>`,
      data: { matters: pledges.map(matterData), asOf: today },
    }
  },
}

function matterLine({ say, law }: Portal, one: Pledge): Html {
  const stands = one.inPlaceOf ?? one.replaces.join('、')
  const closed = one.closedTo.map(id => law.commitments.register?.exclusions.find(it => it.exclusion === id)?.text ?? id)
  return html`<li><b>${one.name}</b> <a href="${`#${one.template.template}`}">${one.template.name}</a>${
    one.greenChannel ? html` <span class="quiet">${say('portal.commitment-green')}</span>` : ''
  }<span class="quiet block">${stands ? say('portal.commitment-stands', { stands }) : one.type.means}</span>${
    closed.length > 0
      ? html`<span class="quiet block">${say('portal.commitment-closed', { closed: closed.join('；') })}</span>`
      : ''
  }<span class="quiet block">${say('portal.basis')}${say('portal.colon')}${linkBases(law, one.basis, say)}</span></li>`
}

function templateDetails({ say, law }: Portal, { template }: Pledge): Html {
  const text = templateText(template, blank => say(`portal.commitment-blank-${blank}`))
  return html`<details id="${template.template}"><summary>${template.name}</summary>${paragraphs(text)}<p class="hint">${say('portal.commitment-edition', { edition: template.inForceFrom })} <span class="code">${templateDigest(
    template,
  )}</span></p><p class="hint">${say('portal.basis')}${say('portal.colon')}${linkBases(law, template.basis, say)}${unverified(
    say,
    template.confidence,
  )}</p></details>`
}

function matterData(one: Pledge): object {
  return {
    ...{ matter: one.id, unit: one.unit, kind: one.kind, name: one.name, type: one.type.type, replaces: one.replaces },
    ...{ inPlaceOf: one.inPlaceOf, closedTo: one.closedTo, greenChannel: one.greenChannel, basis: one.basis },
    template: {
      id: one.template.template,
      name: one.template.name,
      edition: one.template.inForceFrom satisfies Day,
      digest: templateDigest(one.template),
    },
  }
}
