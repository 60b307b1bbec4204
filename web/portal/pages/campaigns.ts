import { campaignsOf } from '../../../src/law/campaign-model.ts'
import {
  findGovernmentCases,
  type GovernmentCases,
  listShownCampaigns,
  type ShownCampaign,
  type ShownFigures,
} from '../campaigns.ts'
import { type Html, html } from '../html.ts'
import { linkBases } from '../law-links.ts'
import type { Page, Portal } from '../page.ts'

/** Campaigns that run and that are over, how far each is in counts, and the government's own cases on the same clocks as anybody's (M281, M282). */
export const campaignsPage: Page = {
  path: '/campaigns',
  label: 'portal.campaigns',
  mayBeIndexed: true,
  open: portal => async () => {
    const { say, db, law } = portal
    const [campaigns, government] = await Promise.all([listShownCampaigns(db), findGovernmentCases(db)])
    const { atLeast } = campaignsOf(law).smallCell
    return {
      kind: 'page',
      heading: say('portal.campaigns'),
      main: html`<p class="lead">${say('portal.campaigns-lead')}</p>${governmentPart(portal, government)}${
        campaigns.length === 0
          ? html`<p class="empty-answer">${say('portal.campaigns-empty')}</p>`
          : campaigns.map(one => campaignPart(portal, one, atLeast))
      }`,
      data: { campaigns, government, asOf: portal.today() },
    }
  },
}

function campaignPart(portal: Portal, campaign: ShownCampaign, atLeast: number): Html {
  const { say } = portal
  const { name, themeName, aim, basis, leadName, unitNames, firstDay, lastDay, concludedOn, summary, figures } = campaign
  const period = say('portal.period-until', { from: firstDay, until: lastDay })
  const facts = [
    ['portal.campaign-theme', themeName],
    ['portal.campaign-aim', aim],
    ['portal.basis', basis],
    ['portal.campaign-lead', leadName],
    ...(unitNames.length > 0 ? [['portal.campaign-units', unitNames.join(say('portal.comma'))]] : []),
    ...(summary === null ? [] : [['portal.campaign-summary', summary]]),
  ] as const
  return html`<section id="${`campaign-${campaign.campaignId}`}"><h2>${name}</h2><p>${
    concludedOn ? say('portal.campaign-concluded', { on: concludedOn }) : say('portal.campaign-running')
  }${say('portal.semicolon')}${period}</p><dl class="facts">${facts.map(([key, value]) => html`<div><dt>${say(key ?? '')}</dt><dd>${value}</dd></div>`)}</dl>${figuresPart(portal, figures, atLeast)}</section>`
}

/** Counts as a list of sentences: what is not told says why. */
function figuresPart({ say }: Portal, figures: ShownFigures, atLeast: number): Html {
  if (figures.opened === 0) return html`<p>${say('portal.campaign-nothing-yet')}</p>`
  const lines = (['opened', 'open', 'done', 'endedOther'] as const).map(key => {
    const count = figures[key]
    return html`<div><dt>${say(`portal.campaign-${key}`)}</dt><dd>${
      count === null
        ? say('portal.campaign-few', { count: atLeast })
        : say('portal.campaign-count', { count: count.toLocaleString('en-US') })
    }</dd></div>`
  })
  const goals = figures.goals.map(
    ({ name, planned }) =>
      html`<div><dt>${name}</dt><dd>${say('portal.campaign-goal', { planned: planned.toLocaleString('en-US') })}</dd></div>`,
  )
  return html`<h3>${say('portal.campaign-figures')}</h3><dl class="facts">${lines}${goals}</dl>`
}

function governmentPart(portal: Portal, government: GovernmentCases | null): Html {
  const { say, law } = portal
  const { basis } = campaignsOf(law).government
  const lines = (['open', 'overdue', 'settledInTime', 'settledLate'] as const).map(key => {
    const count = government?.[key] ?? 0
    const text = say('portal.campaign-count', { count: count.toLocaleString('en-US') })
    return html`<div><dt>${say(`portal.government-${key}`)}</dt><dd>${key === 'overdue' && count > 0 ? html`<span class="late">${text}</span>` : text}</dd></div>`
  })
  return html`<section id="government"><h2>${say('portal.government-cases')}</h2><p>${say('portal.government-lead')}</p>${
    government === null
      ? html`<p class="empty-answer">${say('portal.government-empty')}</p>`
      : html`<dl class="facts">${lines}</dl><p class="quiet">${say('portal.government-as-of', { asOf: government.asOf })}</p>`
  }<p class="quiet">${say('portal.basis')}${say('portal.colon')}${linkBases(law, basis, say)}</p></section>`
}
