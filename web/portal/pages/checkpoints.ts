import { Readable } from 'node:stream'
import { legalDay } from '../../../src/base/day.ts'
import type { Query } from '../../../src/db/database.ts'
import { type Html, html } from '../html.ts'
import { pager, withQuery } from '../kit/pager.ts'
import { table } from '../kit/table.ts'
import type { Answer, Ask, Page, Portal } from '../page.ts'
import { gone } from './not-found.ts'

/* The log's signed checkpoints: whoever keeps one can have it shown later that nothing before it was rewritten. */

const PATH = '/ledger/checkpoints'
const ON_PAGE = 20
const AT_MOST = 1000

type Checkpoint = { readonly size: number; readonly at: Date; readonly note: string }
type LogKey = { readonly verifier: string; readonly algorithm: string; readonly pem: string }

/** Checkpoints, latest first, below a size. */
function listCheckpoints(db: Query, before: number | null, limit: number): Promise<Checkpoint[]> {
  return db.rows<Checkpoint>({
    name: 'portal-checkpoints',
    text: 'select size, at, note from pub.checkpoint where $1::bigint is null or size < $1 order by size desc limit $2',
    values: [before, limit],
  })
}

function listKeys(db: Query): Promise<LogKey[]> {
  return db.rows<LogKey>({ name: 'portal-log-keys', text: 'select verifier, algorithm, pem from pub.log_key order by verifier' })
}

export const checkpointsPage: Page = {
  path: PATH,
  label: 'portal.ledger',
  mayBeIndexed: true,
  open: portal => async ask => {
    if (ask.query['format'] === 'note') return await noteFile(portal, ask)
    const before = wholeNumber(ask.query['before'])
    const limit = Math.min(AT_MOST, wholeNumber(ask.query['limit']) ?? ON_PAGE)
    const [checkpoints, [latest], keys] = await Promise.all([
      listCheckpoints(portal.db, before, limit + 1),
      listCheckpoints(portal.db, null, 1),
      listKeys(portal.db),
    ])
    const listed = checkpoints.slice(0, limit)
    const older = checkpoints.length > limit ? (listed.at(-1)?.size ?? null) : null
    return {
      kind: 'page',
      heading: portal.say('portal.ledger'),
      main: draw(portal, ask, { latest, listed, older, keys }),
      data: {
        origin: originOf(latest),
        keys,
        checkpoints: listed.map(({ size, at, note }) => ({ size, at: at.toISOString(), note })),
        older: older === null ? null : withQuery(PATH, { limit: ask.query['limit'], before: String(older), format: 'json' }),
      },
    }
  },
}

/** A whole number greater than nothing; anything else in an address says nothing. */
function wholeNumber(text: string | undefined): number | null {
  const value = Number(text)
  return text && Number.isSafeInteger(value) && value > 0 ? value : null
}

/** One signed note as it was signed, byte for byte; without a size the latest. */
async function noteFile(portal: Portal, ask: Ask): Promise<Answer> {
  const size = wholeNumber(ask.query['size'])
  const [found] = await listCheckpoints(portal.db, size === null ? null : size + 1, 1)
  if (!found || (size !== null && found.size !== size)) return gone(portal, 'page.not-found')
  const name = `checkpoint-${found.size}.txt`
  return { kind: 'file', name, type: 'text/plain; charset=utf-8', body: Readable.from([found.note], { objectMode: false }) }
}

function originOf(checkpoint: Checkpoint | undefined): string | null {
  return checkpoint?.note.split('\n', 1)[0] ?? null
}

type Drawn = {
  readonly latest: Checkpoint | undefined
  readonly listed: readonly Checkpoint[]
  readonly older: number | null
  readonly keys: readonly LogKey[]
}

function draw(portal: Portal, ask: Ask, { latest, listed, older, keys }: Drawn): Html {
  const { say } = portal
  if (!latest)
    return html`<p class="lead">${say('portal.ledger-lead')}</p><p class="empty-answer">${say('portal.ledger-none')}</p>`
  const next = older === null ? null : withQuery(PATH, ask.query, { before: String(older) })
  return html`<p class="lead">${say('portal.ledger-lead')}</p>${lines(portal, 'portal.ledger-what')}<section><h2>${say('portal.ledger-latest')}</h2><dl class="facts stacked"><div><dt>${say('portal.ledger-size')}</dt><dd>${countOf(latest)}</dd></div><div><dt>${say('portal.ledger-at')}</dt><dd>${instantOf(portal, latest.at)}</dd></div></dl><pre class="signed-note">${latest.note}</pre><p><a class="button" href="${noteAddress(latest)}">${say('portal.ledger-download')}</a></p></section><section><h2>${say('portal.ledger-keys')}</h2><p>${say('portal.ledger-keys-text', { office: portal.city.contact.office })}</p>${keys.map(
    one => html`<pre class="signed-note">${one.verifier}</pre><pre class="signed-note">${one.pem}</pre>`,
  )}</section><section><h2>${say('portal.ledger-keep')}</h2>${lines(portal, 'portal.ledger-keep-text')}<p><a href="${withQuery(PATH, {}, { format: 'json', limit: String(AT_MOST) })}">${say('portal.ledger-json')}</a></p></section><section><h2>${say('portal.ledger-verify')}</h2>${steps(portal, 'portal.ledger-verify-text')}</section><section><h2>${say('portal.ledger-consistency')}</h2>${steps(portal, 'portal.ledger-consistency-text')}</section>${table<Checkpoint>(
    say('portal.ledger-all'),
    [
      { head: say('portal.ledger-size'), cell: countOf },
      { head: say('portal.ledger-at'), cell: one => instantOf(portal, one.at) },
      {
        head: say('portal.ledger-note'),
        cell: one => html`<a href="${noteAddress(one)}">${say('portal.ledger-download-of', { size: countOf(one) })}</a>`,
      },
    ],
    listed,
  )}${pager(say, ask.query['before'] ? PATH : null, next)}`
}

const sentences = (portal: Portal, code: string): string[] =>
  portal.say(code, { office: portal.city.contact.office }).split('\n').filter(Boolean)

const lines = (portal: Portal, code: string): Html => html`${sentences(portal, code).map(line => html`<p>${line}</p>`)}`

const steps = (portal: Portal, code: string): Html =>
  html`<ol class="steps">${sentences(portal, code).map(line => html`<li>${line}</li>`)}</ol>`

function noteAddress({ size }: Checkpoint): string {
  return withQuery(PATH, {}, { size: String(size), format: 'note' })
}

const countOf = ({ size }: Checkpoint): string => size.toLocaleString('en-US')

function instantOf(portal: Portal, at: Date): string {
  const { zone } = portal.city
  const time = at.toLocaleTimeString('zh-CN', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hour12: false,
  })
  return portal.say('portal.instant', { day: legalDay(at, zone), time })
}
