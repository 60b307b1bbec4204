import { takeStep } from '../../src/cases/act-on-case.ts'
import { ownKey } from '../../src/cases/files-of.ts'
import { runningEdition } from '../../src/cases/running-edition.ts'
import type { CaseView } from '../../src/cases/shapes.ts'
import { html } from '../portal/html.ts'
import type { Asking } from './asking.ts'
import { bindAsking } from './asking-form.ts'
import { caseIdOf, drawCase, readOwn } from './case.ts'
import { recordLine } from './own-record.ts'
import type { AccountForm, Drawn, Visit } from './page.ts'
import { NOTHING_WRONG } from './page.ts'
import { one } from './typed.ts'

/* An act of the subject in a case that is under way: supplement, statement, asking for a review, taking back. */

const bound = bindAsking('/my/cases/:caseId/do/:act', 'my.case-act', find)

export const caseActPage = bound.page

export const caseActForm: AccountForm = {
  ...bound.form,
  // Whoever was overtaken in the very moment is told as whoever finds it done: by the case as it is now.
  redraw: async (visit, typed, rejection) =>
    rejection.problem?.code === 'case.changed-meanwhile'
      ? changed(visit, await readOwn(visit))
      : await bound.form.redraw(visit, typed, rejection),
}

/** Nothing was done on what is no longer so: what has happened since, and the case as it is now. */
function changed(visit: Visit, view: CaseView): Drawn {
  const { site } = visit
  const last = view.entries.at(-1)
  const facts = { unit: last?.by ?? '', act: last?.actName ?? '', at: last ? site.moment(new Date(last.at)) : '' }
  const problem = {
    type: 'urn:mingxin:case.changed-meanwhile',
    title: site.say('my.changed-meanwhile', facts),
    status: 409,
    code: 'case.changed-meanwhile',
  }
  return drawCase(visit, view, { faults: [], problem })
}

async function find(visit: Visit): Promise<Asking | Drawn> {
  const { site, actor, params } = visit
  const { app, say } = site
  const view = await readOwn(visit)
  const seen = Number(one(visit.query, 'seen')) || view.entryNo
  if (seen !== view.entryNo) return changed(visit, view)
  const act = view.acts.find(each => each.act === params['act'])
  const rule = runningEdition(app.law, view, site.today()).procedure.acts.find(each => each.act === act?.act)
  // It is not to be done now: the page of the case says why not.
  if (!act?.mayDo || !rule) return drawCase(visit, view, NOTHING_WRONG)
  const caseId = caseIdOf(String(view.caseId))
  return {
    address: `/my/cases/${caseId}/do/${act.act}?seen=${seen}`,
    key: `step:${caseId}:${act.act}`,
    ...{ act, rule, heading: act.name },
    top: html`<p class="hint">${say('my.case-of', { procedure: view.procedureName })} <span class="code">${view.number}</span></p>${view.record ? recordLine(site, view.record) : ''}`,
    ...{ start: null, before: html``, from: `/my/cases/${caseId}` },
    send: async (_, fields, papers) => {
      const done = await takeStep(app, actor, await ownKey(app, actor, caseId), { act: act.act, fields, papers, seen })
      return `/my/cases/${caseId}?done=${done.entryNo}`
    },
  }
}
