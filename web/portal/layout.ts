import type { City } from '../../src/law/city-model.ts'
import { maskResidentNumbers } from '../../src/subject/resident-numbers.ts'
import { type Html, html } from './html.ts'
import type { Icons } from './kit/icon.ts'
import type { Say } from './page.ts'
import type { FileName, ServedFile } from './served-files.ts'
import { SIZES, type View, viewClasses } from './view.ts'

/*
 * The frame around every page: head, toolbar, header, foot. What does not change between requests is made once for each view.
 */

export type Framed = {
  readonly heading: string
  readonly warning?: string | undefined
  readonly head?: Html | undefined
  readonly main: Html
  readonly url: string
  readonly view: View
  readonly mayBeIndexed: boolean
  /** The JSON twin exists. */
  readonly hasData: boolean
}

export type Frame = (page: Framed) => Buffer

const SITE: readonly (readonly [string, string])[] = [
  ['/search', 'portal.search'],
  ['/publicity/penalties', 'portal.penalties'],
  ['/publicity/licences', 'portal.licences'],
  ['/lists', 'portal.lists'],
  ['/reports', 'portal.reports'],
  ['/verify', 'portal.verify'],
  ['/my', 'portal.my'],
]
const FOOT: readonly (readonly [string, string])[] = [
  ['/commitments', 'portal.commitments'],
  ['/honours', 'portal.honours'],
  ['/measures', 'portal.measures'],
  ['/procedures', 'portal.procedures'],
  ['/clocks', 'portal.clocks'],
  ['/announcements', 'portal.announcements'],
  ['/catalogue', 'portal.catalogue'],
  ['/law', 'portal.law'],
  ['/open-data', 'portal.open-data'],
  ['/ledger/checkpoints', 'portal.ledger'],
  ['/help', 'portal.help'],
  ['/contact', 'portal.contact'],
  ['/accessibility', 'portal.accessibility'],
  ['/sitemap', 'portal.sitemap'],
]

/** Opens the frame of a city's portal; what it returns draws a whole document. */
export function openFrame(opening: {
  readonly city: City
  readonly say: Say
  readonly files: ReadonlyMap<FileName, ServedFile>
  readonly icon: Icons
  readonly exampleDay: string | null
}): Frame {
  const { city, say, files, icon } = opening
  const foot = Buffer.from(`${footOf(city, say).text}</footer></body></html>`)
  const notice = noticeOf(city, say, opening.exampleDay)
  const made = new Map<string, { top: Buffer; bar: Buffer }>()
  return page => {
    const classes = viewClasses(page.view)
    let fixed = made.get(classes)
    if (!fixed) {
      const bar = `${toolbar(page.view, say, icon)}${barOf(page.view, city, say, files, notice)}<main id="main" tabindex="-1">`
      fixed = { top: Buffer.from(topOf(classes, say, files)), bar: Buffer.from(bar) }
      made.set(classes, fixed)
    }
    const robots = page.mayBeIndexed ? '' : '<meta name="robots" content="noindex, noarchive">'
    const title = html`<title>${page.warning ? `${page.warning} - ` : ''}${page.heading} - ${city.platformName}</title>`.text
    const head = page.head ?? html`<h1>${page.heading}</h1>`
    const begin = `${title}${robots}</head><body>${openTools(addressShown(page.url), say)}`
    const middle = `${head.text}${page.main.text}</main><footer class="site">${page.hasData ? dataLine(addressShown(page.url), say) : ''}`
    return glue(fixed.top, begin, fixed.bar, middle, foot)
  }
}

// Written over by every page: taking fresh memory of a page's greatest possible size each time costs more than drawing it.
let scratch = Buffer.allocUnsafeSlow(256 * 1024)

/** Bytes and texts in turn as one run of bytes: encoding is a good part of what a page costs, so what stands still is not done again. */
function glue(...pieces: readonly (Buffer | string)[]): Buffer {
  const most = pieces.reduce((sum, piece) => sum + piece.length * (typeof piece === 'string' ? 3 : 1), 0)
  if (scratch.length < most) scratch = Buffer.allocUnsafeSlow(most)
  let at = 0
  for (const piece of pieces) at += typeof piece === 'string' ? scratch.write(piece, at, 'utf8') : piece.copy(scratch, at)
  return Buffer.from(scratch.subarray(0, at))
}

function topOf(classes: string, say: Say, files: ReadonlyMap<FileName, ServedFile>): string {
  return `<!doctype html>${html`<html lang="zh-CN" class="${classes}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="format-detection" content="telephone=no"><meta name="color-scheme" content="light"><link rel="stylesheet" href="${files.get('style.css')?.path}"><link rel="icon" type="image/svg+xml" href="${files.get('mark.svg')?.path}"><script src="${files.get('portal.js')?.path}" defer data-copied="${say('portal.copied')}" data-read="${say('portal.read-aloud')}" data-stop="${say('portal.read-stop')}"></script>`.text}`
}

/** The toolbar's form up to the only thing in it that differs from page to page. */
/** Addresses into which a code or a text is typed. Others hold the platform's own numbers, some of them as long as a person's. */
const TYPED_INTO = /^\/(?:search|code|verify|reports)(?:[/?]|$)/

/** The page's own address as it may stand on it: a person's number that was typed into it is not said again. */
function addressShown(url: string): string {
  if (!TYPED_INTO.test(url)) return url
  const { pathname, searchParams } = new URL(url, 'http://portal.invalid')
  // An address with malformed escapes never gets as far as a page.
  const path = decodeURIComponent(pathname)
  const typed = [path, ...searchParams.values()]
  if (typed.every(text => maskResidentNumbers(text) === text)) return url
  for (const [name, value] of [...searchParams]) searchParams.set(name, maskResidentNumbers(value))
  return `${encodeURI(maskResidentNumbers(path))}${searchParams.size > 0 ? `?${searchParams}` : ''}`
}

function openTools(url: string, say: Say): string {
  return html`<a class="skip" href="#main">${say('portal.skip')}</a><form class="tools" method="get" action="/view" aria-label="${say('portal.tools')}"><input type="hidden" name="back" value="${url}">`
    .text
}

function toolbar(view: View, say: Say, icon: Icons): string {
  const button = (set: string, label: string, pressed: boolean, name?: string): Html =>
    html`<button name="set" value="${set}" aria-pressed="${pressed ? 'true' : 'false'}"${
      name ? html` aria-label="${name}"` : ''
    }>${label}</button>`
  return html`<span class="tools-label">${icon('text')}${say('portal.size')}</span>${SIZES.map(size =>
    button(String(size), `${size}%`, view.size === size, say('portal.size-of', { size })),
  )}${button('contrast', say('portal.contrast'), view.contrast)}${button('cursor', say('portal.cursor'), view.cursor)}${button(
    'care',
    say(view.care ? 'portal.care-off' : 'portal.care'),
    view.care,
  )}</form>`.text
}

function noticeOf(city: City, say: Say, exampleDay: string | null): Html {
  if (!city.notice) return html``
  return html`<p class="notice" role="note">${city.notice}${exampleDay ? html`<span class="whole">${say('portal.example-day', { day: exampleDay })}</span>` : ''}</p>`
}

function barOf(view: View, city: City, say: Say, files: ReadonlyMap<FileName, ServedFile>, notice: Html): string {
  const links = view.care ? SITE.filter(([path]) => !path.startsWith('/publicity')) : SITE
  return html`<header class="site">${notice}<div class="site-bar"><a class="brand" href="/"><img src="${files.get('mark.svg')?.path}" width="36" height="36" alt="">${city.platformName}</a><a class="to-menu" href="#menu">${say('portal.menu')}</a><nav aria-label="${say('portal.nav')}"><ul>${links.map(
    ([path, label]) => html`<li><a href="${path}">${say(label)}</a></li>`,
  )}</ul></nav></div></header>`.text
}

function dataLine(url: string, say: Say): string {
  const [path = '/', query] = url.split('?')
  const address = `${path}?${query ? `${query}&` : ''}format=json`
  return html`<p class="data-line"><a href="${address}" type="application/json">${say('portal.page-data')}</a></p>`.text
}

function footOf(city: City, say: Say): Html {
  const { office, telephone, address } = city.contact
  const lines: (readonly [string, string | null])[] = [
    ...city.footer.map(line => [line.label, line.text] as const),
    [say('portal.office'), city.footer.some(line => line.text === office) ? null : office],
    [say('portal.telephone'), telephone],
    [say('portal.address'), address],
  ]
  const shown = lines.filter((line): line is readonly [string, string] => Boolean(line[1]))
  return html`<nav id="menu" aria-label="${say('portal.foot-nav')}"><ul>${[...SITE, ...FOOT].map(
    ([path, label]) => html`<li><a href="${path}">${say(label)}</a></li>`,
  )}</ul></nav><dl>${shown.map(([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>`
}
