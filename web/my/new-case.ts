import { openCase } from '../../src/cases/act-on-case.ts'
import { type AskedOpening, readOwnOpening } from '../../src/cases/own-openings.ts'
import { recordView } from '../../src/cases/record-view.ts'
import { procedureOn } from '../../src/law/law.ts'
import { openingActs } from '../../src/law/procedure-flow.ts'
import type { Procedure } from '../../src/law/procedure-model.ts'
import { type Html, html } from '../portal/html.ts'
import { linkBases } from '../portal/law-links.ts'
import type { Asking } from './asking.ts'
import { bindAsking } from './asking-form.ts'
import { recordLine } from './own-record.ts'
import type { Drawn, Site, Visit } from './page.ts'
import { repairStart } from './repair-start.ts'
import { one } from './typed.ts'

/* A subject opens a case: any procedure that its tables let it open, by one way of pages. Objection and repair have addresses of their own. */

type Asked = { readonly procedure: string; readonly aboutRef: string | null; readonly address: string }

export const objection = bindAsking('/my/objections/new', 'my.objection', visit =>
  find(visit, ofRecord(visit, 'objection', '/my/objections/new')),
)
export const repair = bindAsking('/my/repairs/new', 'my.repair', visit =>
  find(visit, ofRecord(visit, 'repair', '/my/repairs/new')),
)
export const anyOpening = bindAsking(
  '/my/cases/new/:procedure',
  'my.case-new',
  async visit => besides(visit) ?? (await find(visit, ofAny(visit))),
)

/** Procedures that begin on a page of their own, and by what it knows what they are about. */
const OWN_PAGES: Readonly<Record<string, { readonly path: string; readonly about: string }>> = {
  objection: { path: '/my/objections/new', about: 'record' },
  repair: { path: '/my/repairs/new', about: 'record' },
  commitment: { path: '/my/commitments/new', about: 'matter' },
}

/** Where a procedure begins, if not here: on its own page, or with a unit. */
function besides(visit: Visit): Drawn | null {
  const { app, today } = visit.site
  const name = visit.params['procedure'] ?? ''
  const own = OWN_PAGES[name]
  const about = one(visit.query, 'about')
  const query = about === '' ? '' : `?${new URLSearchParams({ [own?.about ?? '']: about }).toString()}`
  if (own) return { ...NOWHERE, elsewhere: `${own.path}${query}` }
  const procedure = procedureOn(app.law, name, today())
  return procedure && !openingActs(procedure).some(act => act.by.includes('subject')) ? byUnits(visit, procedure) : null
}

const NOWHERE = { heading: '', main: html`` } as const

/** A procedure that only units begin: what it is for, and what the subject can do. */
function byUnits({ site: { say } }: Visit, { name, purpose, procedure }: Procedure): Drawn {
  return {
    heading: name,
    status: 404,
    main: html`<p class="lead">${say('my.case-by-units')}</p><p>${purpose}</p><p class="actions"><a class="button" href="/my/cases">${say('my.cases')}</a> <a href="${`/procedures/${procedure}`}">${say('my.case-explained')}</a></p>`,
  }
}

/** What comes in an address is an id or nothing. */
function refOf(visit: Visit, name: string): string | null {
  const text = one(visit.query, name)
  return /^[a-z0-9][a-z0-9-]{0,59}$/.test(text) ? text : null
}

function ofRecord(visit: Visit, procedure: string, path: string): Asked {
  const aboutRef = refOf(visit, 'record')
  return { procedure, aboutRef, address: aboutRef === null ? path : `${path}?record=${aboutRef}` }
}

function ofAny(visit: Visit): Asked {
  const procedure = visit.params['procedure'] ?? ''
  const aboutRef = refOf(visit, 'about')
  const path = `/my/cases/new/${encodeURIComponent(procedure)}`
  return { procedure, aboutRef, address: aboutRef === null ? path : `${path}?about=${aboutRef}` }
}

async function find(visit: Visit, asked: Asked): Promise<Asking | Drawn> {
  const { site, actor, subjectId } = visit
  const { app, say } = site
  // What is declared has pages of its own, with the texts that one agrees to.
  if (asked.procedure === 'declaration') return ownPages(site)
  // Without a record there is nothing to object to: it is chosen among one's own.
  if (asked.aboutRef === null && app.law.procedures.get(asked.procedure)?.at(-1)?.about === 'record')
    return chooseRecord(visit, asked)
  const opening = await readOwnOpening(app, actor, asked)
  const { act, rule, procedure, record, open } = opening
  const top = record?.facts ? recordLine(site, recordView(app, record.facts)) : html``
  const start = record && procedure.procedure === 'repair' ? repairStart(site, record) : act.why === null ? null : html``
  if (open !== null) return openAlready(visit, opening, top)
  if (!act.mayDo) return notNow(visit, opening, html`${top}${start ?? ''}`)
  const { aboutRef } = asked
  const from = aboutRef === null ? '/my/cases' : `/my/records#r${aboutRef}`
  return {
    address: asked.address,
    key: `new:${procedure.procedure}:${aboutRef ?? ''}`,
    ...{ act, rule, top, start, from },
    heading: act.name,
    before: html`<p>${say('my.ask-goes-to', { unit: app.law.units.get(opening.unit)?.name ?? opening.unit })}</p><p class="hint">${say('my.ask-free')}</p>`,
    send: async (_, fields, papers) => {
      const doing = { procedure: procedure.procedure, subjectId, act: rule.act, fields, papers }
      const { caseId } = await openCase(app, actor, { ...doing, ...(aboutRef === null ? {} : { aboutRef }) })
      return `/my/cases/${caseId}?done=1`
    },
  }
}

function ownPages({ say }: Site): Drawn {
  return {
    heading: say('my.declaration-new'),
    main: html`<p class="lead">${say('my.declarations-lead')}</p><p class="actions"><a class="button" href="/my/declarations/new">${say('my.declaration-new')}</a></p>`,
  }
}

function chooseRecord({ site }: Visit, { procedure }: Asked): Drawn {
  const { say, app } = site
  const name = app.law.procedures.get(procedure)?.at(-1)?.name ?? ''
  return {
    heading: say(`my.${procedure}`),
    main: html`<p class="lead">${say('my.choose-record', { procedure: name })}</p><p class="actions"><a class="button" href="/my/records">${say('my.records')}</a></p>`,
  }
}

/** The same is under way already: its case is where it goes on. */
function openAlready({ site }: Visit, { act, open }: AskedOpening, top: Html): Drawn {
  const { say } = site
  return {
    heading: act.name,
    main: html`${top}<p class="lead">${say('my.case-open-already', { number: open?.number ?? '' })}</p><p class="actions"><a class="button" href="${`/my/cases/${open?.caseId ?? ''}`}">${say('my.case-see')}</a></p>`,
  }
}

/** It cannot be done now: why, by which article, and what can be done instead. */
function notNow({ site }: Visit, { act, procedure }: AskedOpening, top: Html): Drawn {
  const { say, app } = site
  const ask = say('my.case-ask', { office: app.city.contact.office, telephone: app.city.contact.telephone ?? '' })
  return {
    heading: act.name,
    main: html`${top}<section class="card not-now"><h2>${say('my.case-not-now')}</h2><p>${act.why ?? ''}</p><p class="hint">${say('portal.basis')}${say('portal.colon')}${linkBases(app.law, procedure.basis, say)}</p></section><p class="hint">${ask}</p><p class="actions"><a href="/my/records">${say('my.records')}</a></p>`,
  }
}
