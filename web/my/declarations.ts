import { listOwnDeclarations, type OwnDeclaration } from '../../src/cases/own-declarations.ts'
import { type Html, html } from '../portal/html.ts'
import { clockMark } from '../portal/kit/clock.ts'
import { stateMark } from '../portal/kit/marks.ts'
import { pager } from '../portal/kit/pager.ts'
import type { AccountPage, Site } from './page.ts'
import { one } from './typed.ts'

const A_PAGE = 20
const PATH = '/my/declarations'

/** What the subject has declared of its own accord: where each stands, who may see it, until when, and what it can do. */
export const declarationsPage: AccountPage = {
  path: PATH,
  label: 'my.declarations',
  needs: 'case.lodge',
  draw: async ({ site, actor, query }) => {
    const { say, app } = site
    const after = one(query, 'after').slice(0, 60) || undefined
    const { declarations, next } = await listOwnDeclarations(app, actor, { limit: A_PAGE, after })
    const older = next === null ? null : `${PATH}?${new URLSearchParams({ after: next }).toString()}`
    const [going, over] = [declarations.filter(isOpen), declarations.filter(it => !isOpen(it))]
    const none = html`<p class="empty-answer">${say('my.declarations-none')}</p>`
    return {
      heading: say('my.declarations'),
      main: html`<p class="lead">${say('my.declarations-lead')}</p><p class="actions"><a class="button" href="${`${PATH}/new`}">${say('my.declaration-new')}</a> <a href="/procedures/declaration">${say('my.declaration-how')}</a></p>${declarations.length === 0 && !after ? none : ''}${part(site, 'my.declarations-going', going)}${part(site, 'my.declarations-over', over)}${pager(say, after ? PATH : null, older)}`,
    }
  },
}

const isOpen = ({ line }: OwnDeclaration): boolean => line.closedAt === null

function part(site: Site, label: string, all: readonly OwnDeclaration[]): Html | '' {
  if (all.length === 0) return ''
  return html`<section><h2>${site.say(label)}</h2><ul class="cases">${all.map(one => declarationRow(site, one))}</ul></section>`
}

function declarationRow(site: Site, declared: OwnDeclaration): Html {
  const { say } = site
  const { line, family, title, number, until, isPublic, isVerified } = declared
  const mark = isVerified ? html`<p class="marks">${stateMark('declared', say('my.declaration-shown'))}</p>` : ''
  const clock = line.clock && isOpen(declared) ? html`<p>${clockMark(line.clock)}</p>` : ''
  const seen = say(
    !isVerified ? 'my.declaration-seen-nobody' : isPublic ? 'my.declaration-seen-public' : 'my.declaration-seen-limited',
  )
  return html`<li class="case"><h3><a href="${`/my/cases/${line.caseId}`}">${title}${say('my.case-state-beside', { state: line.stateName })}</a></h3>${mark}<p>${line.means}</p>${clock}<dl class="facts stacked"><div><dt>${say('my.declaration-family')}</dt><dd>${family}${number === null ? '' : html` <span class="quiet">${number}</span>`}</dd></div><div><dt>${say('my.declaration-until')}</dt><dd><span class="day">${until}</span></dd></div>${isOpen(declared) ? html`<div><dt>${say('my.declaration-seen')}</dt><dd>${seen}</dd></div>` : ''}</dl>${acts(declared)}<p class="hint"><span class="code">${line.number}</span> ${line.unitName}</p></li>`
}

function acts({ line, entryNo, acts: open }: OwnDeclaration): Html | '' {
  if (open.length === 0) return ''
  return html`<ul class="links record-acts">${open.map(
    ({ act, name }) => html`<li><a href="${`/my/cases/${line.caseId}/do/${act}?seen=${entryNo}`}">${name}</a></li>`,
  )}</ul>`
}
