import type { CaseLine } from '../../src/cases/shapes.ts'
import { listOwnCases } from '../../src/cases/work-views.ts'
import { type Html, html } from '../portal/html.ts'
import { clockMark } from '../portal/kit/clock.ts'
import { pager } from '../portal/kit/pager.ts'
import type { AccountPage, Site } from './page.ts'
import { one } from './typed.ts'

const A_PAGE = 20

/** The cases of the subject: what waits for it first, then what others do, then what is over. */
export const casesPage: AccountPage = {
  path: '/my/cases',
  label: 'my.cases',
  needs: 'case.lodge',
  draw: async ({ site, actor, query }) => {
    const { say, app } = site
    const after = one(query, 'after').slice(0, 60) || undefined
    const { cases, next } = await listOwnCases(app, actor, { limit: A_PAGE, after })
    const [ours, others, over] = [
      cases.filter(isOurs),
      cases.filter(it => isOpen(it) && !isOurs(it)),
      cases.filter(it => !isOpen(it)),
    ]
    const older = next === null ? null : `/my/cases?${new URLSearchParams({ after: next }).toString()}`
    const none = html`<p class="empty-answer">${say('my.cases-none')}</p>`
    return {
      heading: say('my.cases'),
      main: html`<p class="lead">${say('my.cases-lead')}</p>${cases.length === 0 ? none : ''}${part(site, 'my.cases-yours', ours)}${part(site, 'my.cases-others', others)}${part(site, 'my.cases-over', over)}${pager(say, after ? '/my/cases' : null, older)}<h2>${say('my.cases-new')}</h2><p>${say('my.cases-new-text')}</p><p class="actions"><a class="button" href="/my/records">${say('my.records')}</a> <a class="button quiet-button" href="/my/commitments/new">${say('my.commitment-new')}</a> <a class="button quiet-button" href="/my/declarations/new">${say('my.declaration-new')}</a></p>`,
    }
  },
}

export const isOpen = ({ closedAt }: CaseLine): boolean => closedAt === null
/** It waits for the subject. */
export const isOurs = (line: CaseLine): boolean => isOpen(line) && line.turn === 'subject'

function part(site: Site, label: string, lines: readonly CaseLine[]): Html | '' {
  if (lines.length === 0) return ''
  return html`<section><h2>${site.say(label)}</h2><ul class="cases">${lines.map(line => caseRow(site, line))}</ul></section>`
}

/** A case in a list: what, where it stands, by when and whose turn; the office's lateness in the same words as anybody's. */
export function caseRow({ say, moment }: Site, line: CaseLine): Html {
  const when = line.clock && isOpen(line) ? html`<p>${clockMark(line.clock)}</p>` : ''
  const done =
    line.closedAt === null
      ? ''
      : html`<span class="quiet">${say('my.case-over-on', { day: moment(new Date(line.closedAt)).slice(0, 10) })}</span>`
  return html`<li class="case"><h3><a href="${`/my/cases/${line.caseId}`}">${line.procedureName}${say('my.case-state-beside', { state: line.stateName })}</a></h3><p>${line.means}</p>${when}<p class="hint"><span class="code">${line.number}</span> ${line.unitName} ${done}</p></li>`
}
