import type { StateMark } from '../../../src/disclosure/model.ts'
import type { Law } from '../../../src/law/law.ts'
import { escapeText, Html } from '../html.ts'
import type { Say } from '../page.ts'
import type { PublicRow } from '../records.ts'

/* State marks: one state, one word, one shape, one edge at every outlet. Colour comes third. */

type Shown = Extract<StateMark, 'displayed' | 'in-force' | 'declared' | 'contested' | 'commented'>
export type MarkState = Shown | 'court' | 'unverified' | 'performed' | 'partly-performed' | 'not-performed'

const SHAPES: Readonly<Record<MarkState, string>> = {
  displayed: '○',
  'in-force': '■',
  declared: '◇',
  contested: '◐',
  commented: '❝',
  court: '§',
  unverified: '▨',
  performed: '●',
  'partly-performed': '◑',
  'not-performed': '○',
}

const PUBLIC: ReadonlySet<string> = new Set<Shown>(['displayed', 'in-force', 'declared', 'contested', 'commented'])

/** What stands beside a record whatever else is said of it. */
const isBeside = (state: StateMark): state is 'declared' | 'contested' | 'commented' =>
  state === 'declared' || state === 'contested' || state === 'commented'

/** A mark: the shape for eyes, the word for everybody. */
export function stateMark(state: MarkState, word: string): Html {
  return new Html(
    `<span class="mark mark-${state}"><span class="shape" aria-hidden="true">${SHAPES[state]}</span>${escapeText(word)}</span>`,
  )
}

/** The marks of a record on display. States that the public never sees are not drawn, whatever the row says. */
export function recordMarks(law: Law, say: Say, row: PublicRow): Html[] {
  const marks = row.body.marks.flatMap(state => {
    if (state === 'in-force') return [stateMark('in-force', say('portal.mark-listed'))]
    if (state === 'displayed') return [stateMark('displayed', displayedWord(say, row))]
    return isBeside(state) ? [stateMark(state, say(`portal.mark-${state}`))] : []
  })
  if (isCourts(law, row)) marks.push(stateMark('court', say('portal.mark-court')))
  const performed = performanceOf(law, row)
  if (performed) marks.push(stateMark(...performed))
  return marks
}

/** What stands beside a record wherever it is listed: that its subject declared it itself, an objection that is open, the subject's own words. */
export function besideMarks(say: Say, row: PublicRow): Html[] {
  return row.body.marks.flatMap(state => (isBeside(state) ? [stateMark(state, say(`portal.mark-${state}`))] : []))
}

/** For programs: the same states as words. */
export function markNames(row: PublicRow): Shown[] {
  return row.body.marks.filter((state): state is Shown => PUBLIC.has(state))
}

function displayedWord(say: Say, row: PublicRow): string {
  return row.shownUntil ? say('portal.mark-until', { day: row.shownUntil }) : say('portal.mark-displayed')
}

/** Court lists are the court's own: nothing of them is computed here. */
export function isCourts(law: Law, row: Pick<PublicRow, 'list'>): boolean {
  return row.list !== null && law.lists.get(row.list)?.publisher === 'court'
}

const PERFORMED: readonly (readonly [RegExp, MarkState])[] = [
  [/^全部履行|^已履行/, 'performed'],
  [/^部分/, 'partly-performed'],
  [/未履行/, 'not-performed'],
]

function performanceOf(law: Law, row: PublicRow): [MarkState, string] | null {
  const item = law.items.get(row.item)?.at(-1)
  if (item?.nature !== 'commitment' || !item.roles.status) return null
  const value = row.body.fields.find(field => field.code === item.roles.status)?.value ?? ''
  const found = PERFORMED.find(([shape]) => shape.test(value))
  return found ? [found[1], value] : null
}
