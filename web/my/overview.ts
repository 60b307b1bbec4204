import { may } from '../../src/access/actor.ts'
import { readOwnLooks } from '../../src/access/look-views.ts'
import { ownLook } from '../../src/access/own-look.ts'
import { cardsOf, findPublicCard, type SubjectCard } from '../../src/archive/cards.ts'
import { listAgents } from '../../src/mandates/views.ts'
import { countDisplayed, listIssuedTo } from '../../src/reports/issued.ts'
import { type Html, html } from '../portal/html.ts'
import { codeText } from '../portal/kit/code-text.ts'
import { districtName } from '../portal/places.ts'
import { correctionsDue } from './corrections.ts'
import { factorAsk } from './factor-ask.ts'
import { speaksForPerson } from './frame.ts'
import { grantsDue } from './grants-due.ts'
import { noticesDue } from './notices-due.ts'
import type { AccountPage, Site, Visit } from './page.ts'
import { reportState } from './report-state.ts'
import { resetNotice } from './reset-notice.ts'
import { tasksDue } from './tasks-due.ts'

/** Whose account this is, what is known of it at a glance, and where to go. */
export const overviewPage: AccountPage = {
  path: '/my',
  label: 'my.home',
  draw: async visit => {
    const { site, actor, subjectId } = visit
    const { app, say } = site
    const isPerson = speaksForPerson(visit)
    const seesOwn = may(actor, 'subject.read-own')
    const card = seesOwn ? await findOwnCard(visit) : undefined
    const [displayed, looks, issued, resets, reminders, letters, due, corrections, ask, work] = await Promise.all([
      seesOwn ? countDisplayed(app, subjectId) : null,
      may(actor, 'look.read-own') ? readOwnLooks(app, actor, { limit: 1 }) : null,
      may(actor, 'report.issue-own') && !isPerson ? listIssuedTo(app, actor, { limit: 1 }) : null,
      resetNotice(visit),
      remindersOf(visit),
      noticesDue(visit),
      grantsDue(visit),
      correctionsDue(visit),
      factorAsk(visit),
      tasksDue(visit),
    ])
    return {
      heading: say('my.home'),
      main: html`${resets}${work.tasks}${letters}${reminders}${due}${corrections}${ask}${card && card.kind !== 'natural-person' ? cardOf(site, card) : ofPerson(visit)}<ul class="tiles">${issued ? tile(site, '/my/reports', 'report', 'my.issue') : ''}${isPerson && may(actor, 'rights.lodge') ? tile(site, '/my/rights/file', 'report', 'my.rights-file') : ''}${looks ? tile(site, '/my/looks', 'search', 'my.looks') : ''}</ul><dl class="facts stacked">${work.count === null ? '' : line(site, 'my.cases', work.count)}${work.measures === null ? '' : line(site, 'my.measures', work.measures)}${
        displayed === null
          ? ''
          : line(
              site,
              'my.on-portal',
              html`<a href="${`/subjects/${subjectId}`}">${say('my.on-portal-count', { count: displayed })}</a>`,
            )
      }${looks ? line(site, 'my.looked-at', html`<a href="/my/looks">${say('my.looked-at-count', { count: looks.last30Days })}</a>`) : ''}${issued ? lastReport(site, issued.reports[0]) : ''}</dl>${seesOwn ? wrong(site) : ''}`,
    }
  },
}

/** A firm that publication has not come to, or that was merged into another, has no public card; its own account still knows it. */
async function findOwnCard({ site: { app }, actor, subjectId }: Visit): Promise<SubjectCard | undefined> {
  return (await findPublicCard(app.db, subjectId)) ?? (await ownLook<SubjectCard>(app, actor, 'card', own => cardsOf([own])))[0]
}

type Issued = Awaited<ReturnType<typeof listIssuedTo>>['reports'][number]

function lastReport(site: Site, last: Issued | undefined): Html {
  const { say } = site
  return line(
    site,
    'my.last-report',
    last
      ? html`<a href="${`/my/reports/${last.code}`}">${say('my.last-report-of', { kind: say(`portal.report-${last.kind}`), day: last.issuedAt.slice(0, 10) })}</a> ${reportState(site, last.state)}`
      : say('my.no-report'),
  )
}

/** Mandates that end within thirty days: one's own, and those of the agents one has. */
async function remindersOf({ site, actor, speaksFor }: Visit): Promise<Html | ''> {
  const { say, app } = site
  const agents = may(actor, 'mandate.manage') ? (await listAgents(app, actor)).agents.filter(agent => agent.endsSoon) : []
  const own = speaksFor?.endsSoon ? html`<li>${say('my.own-ends-soon', { until: speaksFor.until })}</li>` : ''
  if (own === '' && agents.length === 0) return ''
  return html`<section class="banner"><h2>${say('my.mandates-end-soon')}</h2><ul class="plain bullets">${own}${agents.map(
    agent => html`<li><a href="/my/agents">${say('my.agent-until', { name: agent.name, until: agent.until })}</a></li>`,
  )}</ul></section>`
}

function line({ say }: Site, label: string, value: Html | string): Html {
  return html`<div><dt>${say(label)}</dt><dd>${value}</dd></div>`
}

function tile({ say, icon }: Site, address: string, name: 'report' | 'search', label: string): Html {
  return html`<li><a class="tile" href="${address}">${icon(name)}<span>${say(label)}</span></a></li>`
}

/** What the registers say of an organisation; every line of it is public. */
function cardOf(site: Site, card: SubjectCard): Html {
  const { say, app } = site
  const lines: (readonly [string, Html | string | null])[] = [
    ['portal.uscc', card.uscc ? codeText(card.uscc) : null],
    ['portal.subject-kind', say(`portal.kind-${card.kind}`)],
    ['portal.status', card.status],
    ['portal.district', districtName(app.city, card.district) || null],
    ['portal.founded', card.foundedOn],
    ['portal.legal-representative', card.legalRepresentative],
    ['portal.registered-address', card.address],
  ]
  return html`<section class="subject-head"><h2>${card.name}</h2><dl class="facts">${lines.map(([label, value]) =>
    value === null ? '' : line(site, label, value),
  )}</dl>${card.registered ? '' : html`<p class="hint">${say('portal.known-from-reports')}</p>`}</section>`
}

/** A person, or whom an agent may not see more of than the name. */
function ofPerson({ site, actor, speaksFor }: Visit): Html {
  const what = speaksFor?.capacity === 'self' ? 'my.of-person' : 'my.of-other'
  return html`<section class="subject-head"><h2>${speaksFor?.subjectName ?? actor.name}</h2><p>${site.say(what)}</p></section>`
}

/** What to do about a record that is wrong or to be repaired. */
function wrong({ say }: Site): Html {
  return html`<section><h2>${say('my.wrong')}</h2><p>${say('my.wrong-text')}</p><ul class="links"><li><a href="/my/records">${say('my.records')}</a></li><li><a href="/contact">${say('portal.contact')}</a></li></ul></section>`
}
