import {
  cites,
  findKeys,
  type Ground,
  instrumentIdOf,
  LEGAL_DOCUMENTS,
  type Level,
  type Report,
  repeated,
  reportTwice,
} from './ground.ts'
import type { CatalogueItem } from './item-model.ts'
import { instrumentInForce } from './law.ts'
import type { Instrument } from './model.ts'
import type { Located } from './reading.ts'

/** The acts themselves, and every place that cites one. */
export function checkInstruments(ground: Ground, report: Report): void {
  reportTwice(ground.reading.instruments, one => one.id, 'id', 'law.instrument-duplicate', report)
  for (const instrument of ground.reading.instruments) {
    checkSpan(ground, instrument, report)
    checkArticles(instrument, report)
  }
  for (const content of ground.reading.contents) checkCitations(ground, content, report)
  for (const item of ground.reading.items) checkItemBasis(ground, item, report)
}

/** Acts without a period of validity of their own end only when another act repeals them. */
const LASTING: ReadonlySet<Level> = new Set([
  'law',
  'regulation',
  'judicial-interpretation',
  'departmental-rule',
  'local-regulation',
])

function checkSpan({ law }: Ground, at: Located<Instrument>, report: Report): void {
  const { id, inForceFrom, inForceUntil, repealedBy, level, note } = at.value
  if (inForceFrom !== null && inForceUntil !== null && inForceUntil < inForceFrom) {
    report('law.instrument-range-inverted', at, ['inForceUntil'], { from: inForceFrom, until: inForceUntil })
  }
  if (repealedBy !== undefined && (repealedBy === id || !law.instruments.has(repealedBy))) {
    report('law.instrument-repealer-unknown', at, ['repealedBy'], { repealer: repealedBy })
  }
  if (inForceUntil !== null && repealedBy === undefined && note === undefined && LASTING.has(level)) {
    report('law.instrument-end-unexplained', at, ['inForceUntil'], { until: inForceUntil })
  }
}

function checkArticles(at: Located<Instrument>, report: Report): void {
  const { articles } = at.value
  for (const index of repeated(articles.map(one => one.article))) {
    report('law.article-duplicate', at, ['articles', index, 'article'], { article: articles[index]?.article })
  }
  articles.forEach((one, index) => {
    const sourced = one.textSource !== undefined && one.enteredBy !== undefined && one.enteredOn !== undefined
    if (one.text !== undefined && !sourced)
      report('law.article-text-unsourced', at, ['articles', index, 'text'], { article: one.article })
  })
}

function checkCitations({ law }: Ground, content: Located<unknown>, report: Report): void {
  for (const key of ['basis', 'statutes']) {
    for (const { path, value } of findKeys(content.value, key)) {
      const bases = value as readonly string[]
      bases.forEach((basis, index) => {
        if (!law.instruments.has(instrumentIdOf(basis))) report('law.basis-unknown', content, [...path, index], { basis })
      })
    }
  }
}

/** An adverse item needs an act that is in force on its first day; no item may cite one that never meets it. */
function checkItemBasis({ law }: Ground, at: Located<CatalogueItem>, report: Report): void {
  const { basis, inForceFrom, inForceUntil, subjects, confidence, effect } = at.value
  const known = basis.flatMap((one, index) => {
    const instrument = law.instruments.get(instrumentIdOf(one))
    return instrument ? [{ instrument, index, one }] : []
  })
  for (const { instrument, index, one } of known) {
    const over = instrument.inForceUntil !== null && instrument.inForceUntil < inForceFrom
    const later = instrument.inForceFrom !== null && inForceUntil !== null && inForceUntil < instrument.inForceFrom
    if (over || later) report('law.basis-never-meets', at, ['basis', index], { basis: one })
  }
  // Acts older than the catalogue are recorded under it (a registration of 1995); what takes away needs its act from the first day.
  if (effect === 'adverse' && known.length > 0 && !known.some(one => instrumentInForce(one.instrument, inForceFrom))) {
    report('law.basis-not-in-force', at, ['basis'], { day: inForceFrom })
  }
  if (known.length > 0 && known.every(one => one.instrument.level === 'draft')) report('law.basis-draft-only', at, ['basis'])
  // M037: a draft or a policy is no permission to record people.
  const permitted = cites(law, basis, LEGAL_DOCUMENTS) && confidence !== 'proposal'
  if (known.length > 0 && subjects.includes('natural-person') && !permitted) report('law.item-person-without-law', at, ['basis'])
}
