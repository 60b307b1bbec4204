import { addDays } from '../base/day.ts'
import { checkNoticeChannels } from './check-notice-channels.ts'
import { type Ground, instrumentIdOf, type Report, repeated } from './ground.ts'
import { instrumentInForce } from './law.ts'
import {
  ADVERSE,
  type Mark,
  marksOf,
  NOTICE_KINDS,
  type NoticeTemplate,
  OWN_BLANKS,
  REMEDIES,
  type Remedy,
  WITH_REMEDIES,
} from './notice-model.ts'
import type { Path } from './place.ts'
import type { Located } from './reading.ts'

type At = Located<NoticeTemplate>
type Text = { readonly text: string; readonly path: Path; readonly with: string | undefined; readonly bases: readonly string[] }

/** Letters: what they must tell, which blanks they have, what they cite, by which way they reach somebody and when they count as served. */
export function checkNotices(ground: Ground, report: Report): void {
  const { notices } = ground.reading
  for (const at of notices) {
    checkBlanks(at, report)
    checkTexts(ground, at, report)
    checkContents(at, report)
    checkRemedies(at, report)
    checkBasis(ground, at, report)
    checkNoticeChannels(at, report)
    checkCompanion(notices, at, report)
  }
  for (const id of new Set(notices.map(one => one.value.notice)))
    checkTimes(
      notices.filter(one => one.value.notice === id),
      report,
    )
}

function textsOf({ value }: At): Text[] {
  return [
    { text: value.title, path: ['title'], with: undefined, bases: value.basis },
    ...value.body.map((one, index) => ({
      text: one.text,
      path: ['body', index, 'text'],
      with: one.with,
      bases: one.basis,
    })),
  ]
}

const isOwn = (blank: string): boolean => (OWN_BLANKS as readonly string[]).includes(blank)

function checkBlanks(at: At, report: Report): void {
  const { blanks, body } = at.value
  const used = new Set(textsOf(at).flatMap(one => marksOf(one.text).flatMap(mark => (mark.kind === 'blank' ? mark.blank : []))))
  for (const index of repeated(blanks.map(one => one.blank)))
    report('law.notice-blank-duplicate', at, ['blanks', index, 'blank'], { blank: blanks[index]?.blank })
  blanks.forEach(({ blank }, index) => {
    if (isOwn(blank)) report('law.notice-blank-own', at, ['blanks', index, 'blank'], { blank })
    else if (!used.has(blank)) report('law.notice-blank-unused', at, ['blanks', index, 'blank'], { blank })
  })
  body.forEach((one, index) => {
    const asked = blanks.find(blank => blank.blank === one.with)
    if (one.with !== undefined && (asked === undefined || asked.required))
      report('law.notice-with-unknown', at, ['body', index, 'with'], { blank: one.with })
  })
}

function checkTexts(ground: Ground, at: At, report: Report): void {
  for (const one of textsOf(at)) for (const mark of marksOf(one.text)) checkMark(ground, at, one, mark, report)
}

function checkMark({ law }: Ground, at: At, { path, with: given, bases }: Text, mark: Mark, report: Report): void {
  if (mark.kind === 'odd') report('law.notice-mark-odd', at, path, { mark: mark.text.replaceAll(/[{}]/g, '') })
  if (mark.kind === 'blank') {
    const { blank } = mark
    const known = at.value.blanks.find(one => one.blank === blank)
    if (known === undefined && !isOwn(blank)) report('law.notice-blank-unknown', at, path, { blank })
    if (known && !known.required && given !== blank) report('law.notice-blank-loose', at, path, { blank })
  }
  if (mark.kind === 'article') {
    if (!law.instruments.has(instrumentIdOf(mark.basis))) report('law.notice-instrument-unknown', at, path, { basis: mark.basis })
    else if (!bases.includes(mark.basis)) report('law.notice-article-uncited', at, path, { basis: mark.basis })
  }
  if (mark.kind === 'term' && !at.value.remedies.some(one => one.remedy === mark.remedy))
    report('law.notice-term-unknown', at, path, { remedy: mark.remedy })
}

function checkContents(at: At, report: Report): void {
  const { kind, says, body, blanks } = at.value
  const declared = new Set<string>(says)
  const carried = new Set<string>(body.flatMap(one => (one.with === undefined ? one.says : [])))
  for (const content of NOTICE_KINDS[kind])
    if (!declared.has(content)) report('law.notice-content-missing', at, ['says'], { kind, content })
  says.forEach((content, index) => {
    if (!carried.has(content)) report('law.notice-content-uncarried', at, ['says', index], { content })
  })
  body.forEach((one, index) => {
    for (const content of one.says)
      if (!declared.has(content)) report('law.notice-content-undeclared', at, ['body', index, 'says'], { content })
    const citing = marksOf(one.text).some(
      mark =>
        mark.kind === 'article' ||
        (mark.kind === 'blank' && blanks.some(blank => blank.blank === mark.blank && blank.type === 'bases')),
    )
    if (one.says.includes('basis') && !citing) report('law.notice-article-missing', at, ['body', index, 'text'])
  })
}

function checkRemedies(at: At, report: Report): void {
  const { kind, remedies } = at.value
  const named = remedies.map(one => one.remedy)
  const said = new Set(textsOf(at).flatMap(one => marksOf(one.text).flatMap(mark => (mark.kind === 'term' ? mark.remedy : []))))
  for (const index of repeated(named))
    report('law.notice-remedy-twice', at, ['remedies', index, 'remedy'], { remedy: named[index] })
  named.forEach((remedy, index) => {
    if (!said.has(remedy)) report('law.notice-remedy-unsaid', at, ['remedies', index, 'remedy'], { remedy })
  })
  if (!WITH_REMEDIES.has(kind)) return
  const wanted: readonly Remedy[] = REMEDIES.filter(one => one !== 'review')
  for (const remedy of wanted)
    if (!named.includes(remedy)) report('law.notice-remedy-missing', at, ['remedies'], { kind, remedy })
}

/** What takes away needs an act that is in force on the first day of the letter. */
function checkBasis({ law }: Ground, at: At, report: Report): void {
  const { basis, kind, inForceFrom } = at.value
  const known = basis.flatMap(one => law.instruments.get(instrumentIdOf(one)) ?? [])
  if (ADVERSE.has(kind) && known.length > 0 && !known.some(one => instrumentInForce(one, inForceFrom)))
    report('law.notice-basis-not-in-force', at, ['basis'], { day: inForceFrom })
}

/** 两书同达: with a decision that takes away goes the letter that says how one repairs it; it is filled in from the same facts. */
function checkCompanion(all: readonly At[], at: At, report: Report): void {
  const { kind, accompaniedBy, blanks, notice, inForceFrom, inForceUntil } = at.value
  if (accompaniedBy === undefined) {
    if (kind === 'adverse-decision') report('law.notice-companion-missing', at, [])
    return
  }
  const companion = all.find(
    ({ value }) =>
      value.notice === accompaniedBy &&
      value.inForceFrom <= inForceFrom &&
      (value.inForceUntil === null || (inForceUntil !== null && inForceUntil <= value.inForceUntil)),
  )
  if (companion === undefined || accompaniedBy === notice || companion.value.accompaniedBy !== undefined) {
    report('law.notice-companion-unknown', at, ['accompaniedBy'], { notice: accompaniedBy })
    return
  }
  for (const wanted of companion.value.blanks) {
    const given = blanks.find(one => one.blank === wanted.blank && one.type === wanted.type)
    if (given === undefined ? wanted.required : wanted.required && !given.required)
      report('law.notice-companion-blank', at, ['accompaniedBy'], { notice: accompaniedBy, blank: wanted.blank })
  }
}

function checkTimes(editions: readonly At[], report: Report): void {
  const sorted = [...editions].sort((a, b) => (a.value.inForceFrom < b.value.inForceFrom ? -1 : 1))
  sorted.forEach((later, index) => {
    const { notice, inForceFrom, inForceUntil } = later.value
    if (inForceUntil !== null && inForceUntil < inForceFrom) report('law.notice-range-inverted', later, ['inForceUntil'])
    const before = sorted[index - 1]?.value
    if (before === undefined) return
    const facts = { notice, day: inForceFrom }
    if (before.inForceUntil === null || before.inForceUntil >= inForceFrom)
      report('law.notice-overlap', later, ['inForceFrom'], facts)
    else if (addDays(before.inForceUntil, 1) < inForceFrom) report('law.notice-gap', later, ['inForceFrom'], facts)
  })
}
