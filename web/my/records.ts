import { openOutletTable } from '../../src/archive/outlet-table.ts'
import { type OwnSituation, ownSituation } from '../../src/cases/own-openings.ts'
import { type OwnRecord, readOwnRecords } from '../../src/cases/own-records.ts'
import { type Html, html } from '../portal/html.ts'
import { pager, withQuery } from '../portal/kit/pager.ts'
import type { AccountPage, Visit } from './page.ts'
import { type CardGround, ownAnswer, recordCard } from './record-card.ts'
import { one } from './typed.ts'

const A_PAGE = 20
const PATH = '/my/records'

/** Everything that is held about the subject: where each record shows, until when and why, and what can be done about it. */
export const recordsPage: AccountPage = {
  path: PATH,
  label: 'my.records',
  needs: 'subject.read-own',
  draw: async visit => {
    const { site, actor, query } = visit
    const { say } = site
    const { records, receipt } = await readOwnRecords(site.app, actor)
    const ground = groundOf(visit, await ownSituation(site.app, actor))
    const shown = chipOf(one(query, 'show'))
    const chosen = records.filter(record => CHIPS[shown](record, ground))
    const from = Math.max(0, Number(one(query, 'from')) || 0)
    const page = chosen.slice(from, from + A_PAGE)
    const at = (start: number): string => withQuery(PATH, { show: one(query, 'show'), from: start > 0 ? String(start) : '' })
    const older = from + A_PAGE < chosen.length ? at(from + A_PAGE) : null
    const none = html`<p class="empty-answer">${say(records.length === 0 ? 'my.records-none' : 'my.records-none-such')}</p>`
    return {
      heading: say('my.records'),
      main: html`<p class="lead">${say('my.records-lead', { count: records.length })}</p>${chips(visit, shown)}${page.length === 0 ? none : page.map(record => recordCard(ground, record))}${pager(say, from > 0 ? at(from - A_PAGE) : null, older)}<p class="hint">${say('my.records-look', { receipt })} <a href="/my/rights/file">${say('my.rights-file')}</a></p>`,
    }
  },
}

function groundOf({ site, actor }: Visit, situation: OwnSituation): CardGround {
  const { app } = site
  const day = site.today()
  const outlets = openOutletTable({
    law: app.law,
    words: app.words,
    day,
    purpose: app.words.say('look.purpose-own'),
    authorised: true,
  })
  return { site, actor, situation, outlets }
}

type Chip = 'all' | 'shown' | 'hidden' | 'repaired' | 'over'

const isShown = ({ known }: OwnRecord, { outlets }: CardGround): boolean =>
  outlets(known).some(({ outlet, shown }) => outlet === 'portal-page' && shown)
const isRepaired = ({ record }: OwnRecord): boolean => record.state === 'repaired'
const isOver = (own: OwnRecord, { site }: CardGround): boolean => {
  const answer = ownAnswer(site, own)
  return answer.shown && answer.marks.includes('over')
}

/** Which records are asked for. */
const CHIPS: Readonly<Record<Chip, (record: OwnRecord, ground: CardGround) => boolean>> = {
  all: () => true,
  shown: isShown,
  hidden: (record, ground) => !isShown(record, ground),
  repaired: isRepaired,
  over: isOver,
}

function chipOf(text: string): Chip {
  return text in CHIPS ? (text as Chip) : 'all'
}

function chips({ site }: Visit, shown: Chip): Html {
  const { say } = site
  return html`<nav class="chips" aria-label="${say('my.records-show')}"><ul>${Object.keys(CHIPS).map(
    chip =>
      html`<li><a href="${chip === 'all' ? PATH : `${PATH}?show=${chip}`}"${chip === shown ? html` aria-current="true"` : ''}>${say(`my.records-${chip}`)}</a></li>`,
  )}</ul></nav>`
}
