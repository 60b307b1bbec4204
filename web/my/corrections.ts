import { type Actor, may } from '../../src/access/actor.ts'
import { ownLook } from '../../src/access/own-look.ts'
import type { App } from '../../src/app.ts'
import { FACT_COLUMNS, type FactRow, factOf } from '../../src/archive/views.ts'
import { correctionSentence, type OwnCorrection, ownCorrections } from '../../src/receivers/own-corrections.ts'
import { cityInstant } from '../../src/reports/issue.ts'
import { askedRecords } from '../../src/rights/asked-record.ts'
import { type Html, html } from '../portal/html.ts'
import { table } from '../portal/kit/table.ts'
import type { AccountPage, Site, Visit } from './page.ts'
import { instantText } from './reports.ts'

const PATH = '/my/corrections'
const LATEST = 100

/** What was taken away of this subject's records, and how many of those who had it have confirmed. */
export const correctionsPage: AccountPage = {
  path: PATH,
  label: 'my.corrections',
  needs: 'subject.read-own',
  draw: async ({ site, actor }) => {
    const { say, app } = site
    const corrections = await ownCorrections(app, actor, { limit: LATEST })
    const records = await recordsNamed(app, actor, corrections)
    const listed =
      corrections.length === 0
        ? html`<p class="empty-answer">${say('my.corrections-none')}</p>`
        : table(
            say('my.corrections-caption'),
            [
              { head: say('my.corrections-at'), cell: one => html`<span class="day">${atText(site, one.at)}</span>` },
              {
                head: say('my.corrections-record'),
                cell: one => one.recordIds.map(id => records.get(id) ?? '').join(say('portal.comma')),
              },
              { head: say('my.corrections-cause'), cell: one => say(`my.corrections-cause-${one.cause}`) },
              { head: say('my.corrections-state'), cell: one => correctionSentence(app, one) },
              { head: say('my.corrections-complete-at'), cell: one => (one.completeAt ? atText(site, one.completeAt) : '') },
            ],
            corrections,
          )
    return {
      heading: say('my.corrections'),
      main: html`<p class="lead">${say('my.corrections-lead')}</p>${listed}<p><a href="/my/looks">${say('my.corrections-who')}</a></p><p><a href="/clocks#corrections">${say('my.corrections-public')}</a></p>`,
    }
  },
}

/** The records by kind and document, as this subject has them in its own file: a look of its own. What retention has ended has no name here. */
async function recordsNamed(app: App, actor: Actor, corrections: readonly OwnCorrection[]): Promise<ReadonlyMap<number, string>> {
  const recordIds = corrections.flatMap(one => one.recordIds)
  const rows = await ownLook<FactRow>(app, actor, 'records', own => ({
    name: 'own-corrected-facts',
    text: `select ${FACT_COLUMNS} from fact_content where subject_id = $1 and fact_id = any($2::bigint[])`,
    values: [own, recordIds],
  }))
  return new Map(askedRecords(app, rows.map(factOf)).map(one => [one.recordId, `${one.itemName} ${one.documentNo}`.trim()]))
}

function atText(site: Site, at: Date): string {
  return instantText(site, cityInstant(at, site.app.city.zone))
}

/** On the first page: corrections that somebody has yet to confirm. */
export async function correctionsDue({ site, actor }: Visit): Promise<Html | ''> {
  if (!may(actor, 'subject.read-own')) return ''
  const open = (await ownCorrections(site.app, actor, { limit: LATEST })).filter(isOpen)
  const [first] = open
  if (!first) return ''
  return html`<section class="banner"><h2>${site.say('my.corrections-open', { count: open.length })}</h2><p>${correctionSentence(site.app, first)}</p><p><a href="${PATH}">${site.say('my.corrections')}</a></p></section>`
}

function isOpen({ units, confirmed }: OwnCorrection): boolean {
  return confirmed < units
}
