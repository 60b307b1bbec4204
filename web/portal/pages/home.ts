import type { Day } from '../../../src/base/day.ts'
import { legalDay } from '../../../src/base/day.ts'
import { procedureOn } from '../../../src/law/law.ts'
import { listsOfKind } from '../../../src/law/lists.ts'
import { type Html, html } from '../html.ts'
import { searchBand } from '../kit/filter-form.ts'
import type { IconName } from '../kit/icon.ts'
import { withQuery } from '../kit/pager.ts'
import type { Page, Portal } from '../page.ts'
import { findPunctuality } from '../punctuality.ts'
import { shareText } from './register.ts'

type Figure = { readonly name: string; readonly value: number; readonly madeAt: Date }
type Latest = {
  readonly register: 'licences' | 'penalties'
  readonly authority: string
  readonly authorityName: string
  readonly decidedOn: Day
}

/** How a thing is done: by its procedure, where one is in force. */
const howTo = ({ law }: Portal, procedure: string, today: Day): string =>
  procedureOn(law, procedure, today) ? `/procedures/${procedure}` : `/help#${procedure}`

const tilesOf = (portal: Portal, today: Day): readonly (readonly [string, string, IconName])[] => [
  ['/reports', 'portal.tile-report', 'report'],
  ['/verify', 'portal.verify', 'verify'],
  [howTo(portal, 'repair', today), 'portal.tile-repair', 'repair'],
  [howTo(portal, 'objection', today), 'portal.tile-objection', 'objection'],
]

export const homePage: Page = {
  path: '/',
  mayBeIndexed: true,
  open: portal => async () => {
    const { say, city, law } = portal
    const today = portal.today()
    const [figures, latest, units] = await Promise.all([
      listFigures(portal),
      listLatest(portal, today),
      findPunctuality(portal.db, today),
    ])
    const lists = listsOfKind(law, 'serious').filter(one => one.enabled)
    return {
      kind: 'page',
      heading: say('portal.home', { name: city.platformName }),
      main: html`<div class="hero">${searchBand(say, '')}</div><ul class="tiles">${tilesOf(portal, today).map(
        ([path, label, name]) => html`<li><a class="tile" href="${path}">${portal.icon(name)}<span>${say(label)}</span></a></li>`,
      )}</ul>${figureStrip(portal, figures, units)}<div class="two even"><section><h2>${say('portal.latest')}</h2>${latestList(portal, latest)}</section><section><h2>${say('portal.lists')}</h2><ul class="plain">${lists
        .slice(0, 8)
        .map(
          one => html`<li><a href="${`/lists/${one.list}`}">${one.name}</a></li>`,
        )}</ul><p><a href="/lists">${say('portal.lists-all')}</a></p><h2>${say('portal.rules')}</h2><ul class="plain"><li><a href="/procedures">${say('portal.procedures')}</a></li><li><a href="/measures">${say('portal.measures')}</a></li><li><a href="/catalogue">${say('portal.catalogue')}</a></li><li><a href="/law">${say('portal.law')}</a></li><li><a href="/clocks">${say('portal.clocks')}</a></li></ul></section></div>`,
      data: {
        figures: figures.map(({ name, value, madeAt }) => ({ name, value, madeAt: madeAt.toISOString() })),
        latest,
        asOf: today,
      },
    }
  },
}

async function listFigures(portal: Portal): Promise<Figure[]> {
  return await portal.db.rows<Figure>({
    name: 'portal-figures',
    text: `select name, value, made_at as "madeAt" from pub.figure where name in ('subjects', 'licences', 'penalties') order by name`,
  })
}

/** How many decisions of each register are looked through for the days and bodies that the front page names. */
const LOOKED_THROUGH = 200

// By day and body, each once, without a firm's name: a front page is no place to be named on.
async function listLatest(portal: Portal, today: Day): Promise<Latest[]> {
  const one = (register: string): string =>
    `(select register, authority, authority_name as "authorityName", decided_on as "decidedOn" from pub.record
      where register = '${register}' and shown_from <= $1 and (shown_until is null or shown_until >= $1) order by decided_on desc, record_id desc limit ${LOOKED_THROUGH})`
  return await portal.db.rows<Latest>({
    name: 'portal-latest',
    text: `select distinct * from (${one('licences')} union all ${one('penalties')}) l order by "decidedOn" desc, register, authority limit 10`,
    values: [today],
  })
}

function figureStrip(portal: Portal, figures: readonly Figure[], units: Awaited<ReturnType<typeof findPunctuality>>): Html {
  const { say, city } = portal
  const countOf = (name: string): string => (figures.find(one => one.name === name)?.value ?? 0).toLocaleString('en-US')
  const reported = units.reduce((sum, one) => sum + one.reported, 0)
  const onTime = units.reduce((sum, one) => sum + one.onTime, 0)
  const made = figures.map(one => one.madeAt).sort((a, b) => a.getTime() - b.getTime())[0]
  const cells: readonly (readonly [string, string, string])[] = [
    ['/search', countOf('subjects'), 'portal.figure-subjects'],
    ['/publicity/licences', countOf('licences'), 'portal.figure-licences'],
    ['/publicity/penalties', countOf('penalties'), 'portal.figure-penalties'],
    ['/clocks', reported > 0 ? shareText(onTime, reported) : say('portal.figure-none'), 'portal.figure-on-time'],
  ]
  return html`<section aria-labelledby="figures"><h2 id="figures" class="small-head">${say('portal.figures')}${
    made ? html`<span class="quiet">${say('portal.figures-as-of', { day: legalDay(made, city.zone) })}</span>` : ''
  }</h2><ul class="figures">${cells.map(
    ([path, value, label]) => html`<li><a href="${path}"><span class="number">${value}</span><span>${say(label)}</span></a></li>`,
  )}</ul></section>`
}

function latestList(portal: Portal, latest: readonly Latest[]): Html {
  const { say } = portal
  if (latest.length === 0) return html`<p>${say('portal.latest-none')}</p>`
  return html`<ul class="latest">${latest.map(one => {
    const address = withQuery(`/publicity/${one.register}`, { authority: one.authority, from: one.decidedOn, to: one.decidedOn })
    return html`<li><span class="day">${one.decidedOn}</span><a href="${address}">${one.authorityName}${say('portal.colon')}${say(
      `portal.one-of-${one.register}`,
    )}</a></li>`
  })}</ul>`
}
