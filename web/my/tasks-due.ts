import { may } from '../../src/access/actor.ts'
import type { CaseLine } from '../../src/cases/shapes.ts'
import { listOwnCases } from '../../src/cases/work-views.ts'
import { actsFrom } from '../../src/law/procedure-flow.ts'
import { type Html, html } from '../portal/html.ts'
import { clockMark } from '../portal/kit/clock.ts'
import { isOpen, isOurs } from './cases.ts'
import type { Visit } from './page.ts'

/* What needs the subject, by when: the first thing on its home page; and where the state is late, that too. */

const AT_MOST = 50

export type TasksDue = {
  readonly tasks: Html | ''
  readonly count: Html | null
  /** How many measures are in force against the subject or asked for; null: it is not to be told here. */
  readonly measures: Html | null
}

/** Tasks first to be done in front, each with its day; what others are late with; how many cases are under way. */
export async function tasksDue({ site, actor }: Visit): Promise<TasksDue> {
  const { say, app } = site
  if (!may(actor, 'case.lodge')) return { tasks: '', count: null, measures: null }
  const { cases } = await listOwnCases(app, actor, { limit: AT_MOST })
  const open = cases.filter(isOpen)
  const ours = open.filter(isOurs)
  const late = open.filter(line => !isOurs(line) && line.clock?.state === 'overdue')
  const tasks = ours.map(
    (line, index) =>
      html`<li><a class="${index === 0 ? 'button' : 'task'}" href="${`/my/cases/${line.caseId}`}">${say('my.task', { act: taskOf(site, line), procedure: line.procedureName })}</a>${line.clock ? html`<span class="block">${clockMark(line.clock)}</span>` : ''}</li>`,
  )
  const lateness = late.map(
    line =>
      html`<li><a href="${`/my/cases/${line.caseId}`}">${say('my.task-late', { unit: line.clock?.whose ?? line.unitName, days: line.clock?.workingDaysOver ?? 0 })}</a><span class="hint block">${line.procedureName} <span class="code">${line.number}</span></span></li>`,
  )
  const none = html`<p>${say('my.tasks-none')}</p>`
  const list = html`<section class="tasks"><h2>${say('my.tasks')}</h2>${tasks.length === 0 ? none : html`<ul class="plain">${tasks}</ul>`}${lateness.length === 0 ? '' : html`<ul class="plain lateness">${lateness}</ul>`}</section>`
  const count = say(open.length === AT_MOST ? 'my.cases-open-many' : 'my.cases-open', { count: open.length })
  const against = open.filter(line => line.procedure === 'measure').length
  const measures = say(against === 0 ? 'my.measures-count-none' : 'my.measures-count', { count: against })
  return {
    tasks: list,
    count: html`<a href="/my/cases">${count}</a>`,
    measures: html`<a href="/my/measures">${measures}</a>`,
  }
}

/** What is to be done, verb first: the act that the case waits for. */
function taskOf({ app }: Visit['site'], { procedure, state, stateName }: CaseLine): string {
  const table = app.law.procedures.get(procedure)?.at(-1)
  const [act] = table ? actsFrom(table, state).filter(one => one.by.includes('subject')) : []
  return act?.name ?? stateName
}
