import type { Day } from '../../src/base/day.ts'
import type { OwnRecord } from '../../src/cases/own-records.ts'
import { type RepairTerms, repairTerms } from '../../src/repair/terms.ts'
import { type Html, html } from '../portal/html.ts'
import { reasonText } from '../portal/kit/record-card.ts'
import { linkBases } from '../portal/law-links.ts'
import type { Site } from './page.ts'

/* May this be repaired, from which day, on what: told before anything is asked. The terms are those by which the unit decides. */

type State = 'met' | 'open' | 'not-yet'
const SHAPES: Readonly<Record<State, string>> = { met: '✓', open: '○', 'not-yet': '—' }

/** The first day on which the repair of a record may be applied for, as it can be told today; null where it cannot, or is not to come. */
export function repairFrom(site: Site, { known }: OwnRecord): Day | null {
  const today = site.today()
  const { earliest } = repairTerms(site.app.law, known, today)
  return earliest !== null && earliest > today ? earliest : null
}

export function repairStart(site: Site, own: OwnRecord): Html {
  const { known, record } = own
  const { app, say } = site
  const terms = repairTerms(app.law, known, site.today())
  const basisOf = (condition: string) =>
    app.law.repair.regimes.get(terms.regime ?? '')?.conditions.find(one => one.condition === condition)?.basis ?? []
  const conditions = terms.conditions.map(({ condition, text }) => {
    const state = stateOf(condition, terms, site.today())
    const basis = basisOf(condition)
    return html`<li class="${`condition condition-${state}`}"><span class="shape" aria-hidden="true">${SHAPES[state]}</span><div><p><strong>${text}</strong> <span class="quiet">${say(`my.condition-${state}`)}</span></p><p class="hint">${factOf(site, condition, terms)}${basis.length === 0 ? '' : html` ${say('portal.basis')}${say('portal.colon')}${linkBases(app.law, basis.slice(0, 1), say)}`}</p></div></li>`
  })
  const from = repairFrom(site, own)
  const file = `/my/repairs/${record.recordId}/from.ics`
  const reminder = from === null ? '' : html`<p><a href="${file}" download>${say('my.repair-remind', { from })}</a></p>`
  return html`<section class="eligibility"><h2>${say('my.repair-conditions')}</h2><ul class="conditions">${conditions}</ul>${reminder}<p class="hint">${say('my.repair-never')}</p><details><summary>${say('my.repair-why')}</summary><ul class="plain bullets">${terms.because.map(reason => html`<li>${reasonText(app.law, say, reason)}</li>`)}</ul></details></section>`
}

/** Whether the term is over is a matter of days; the rest is shown with the application, and decided by the unit. */
function stateOf(condition: string, { earliest, repairable }: RepairTerms, today: Day): State {
  if (condition !== 'period-reached') return 'open'
  if (!repairable) return 'not-yet'
  if (earliest === null) return 'open'
  return earliest <= today ? 'met' : 'not-yet'
}

function factOf({ say }: Site, condition: string, { earliest, latest }: RepairTerms): string {
  if (condition !== 'period-reached') return say(`my.condition-fact-${condition}`)
  const end = latest === null ? '' : say('my.condition-latest', { until: latest })
  return `${earliest === null ? say('my.condition-earliest-unknown') : say('my.condition-earliest', { from: earliest })}${end}`
}
