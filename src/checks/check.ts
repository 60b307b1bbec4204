import type { z } from 'zod'
import { knownRecord, type StandingRecord } from '../archive/registrations.ts'
import type { Day } from '../base/day.ts'
import { plainArray } from '../db/database.ts'
import { disclose } from '../disclosure/disclose.ts'
import type { Disclosure } from '../disclosure/model.ts'
import { disclosedRecord } from '../disclosure/record.ts'
import { cite } from '../law/citation.ts'
import { type ItemEdition, itemEdition, type Law } from '../law/law.ts'
import type { SubjectKind } from '../subject/kind.ts'
import type { Words } from '../words/words.ts'
import type { HitView } from './contract.ts'
import { noticeOf } from './notice.ts'

export type Hit = z.infer<typeof HitView>
type Shown = Extract<Disclosure, { shown: true }>

/** A record with what has become of it; an archived record is one. */
export type CheckedRecord = StandingRecord

export type CheckBook = { readonly law: Law; readonly words: Pick<Words, 'say'> }

/**
 * What is in force about a subject for an officer who checks before acting (逢办必查, M218): lists and statuses that take something away,
 * each with the statute it rests on, its body, its end and the measures the law opens. Disclosure decides which; nothing is executed.
 */
export function hitsOf(book: CheckBook, kind: SubjectKind, records: readonly CheckedRecord[], day: Day, purpose: string): Hit[] {
  const hits: Hit[] = []
  for (const record of records) {
    const { head } = record
    const item = itemEdition(book.law, `${head.item}@${head.edition}`)
    if (!item) continue
    const known = disclosedRecord(book.law, item, kind, knownRecord(record))
    const answer = disclose(book.law, known, 'officer', { day, purpose })
    if (answer.shown) hits.push(hitOf(book, kind, item, record, answer, day))
  }
  return hits
}

function hitOf(
  { law, words }: CheckBook,
  kind: SubjectKind,
  item: ItemEdition,
  record: CheckedRecord,
  answer: Shown,
  day: Day,
): Hit {
  const { head } = record
  const notice = noticeOf(law, item, kind, day)
  const shownValue = (code: string | undefined): string | undefined => answer.fields.find(field => field.code === code)?.value
  return {
    recordId: record.recordId,
    item: head.item,
    heading: item.report.heading,
    list: item.list ?? null,
    listName: notice.listName,
    authorityName: shownValue(item.roles.authorityName) ?? law.units.get(head.authority)?.name ?? head.authority,
    documentNo: item.roles.documentNumber
      .map(code => shownValue(code) ?? '')
      .filter(Boolean)
      .join(' '),
    decidedOn: head.decidedOn,
    until: answer.until,
    marks: notice.court ? [...answer.marks, 'court'] : [...answer.marks],
    comment: answer.comment && { text: answer.comment.text, on: answer.comment.on },
    court: notice.court,
    statutes: notice.statutes,
    measures: notice.measures,
    because: answer.because.map(({ code, basis, facts }) => ({
      code,
      basis,
      sentence: words.say(code, basis === null ? facts : { ...facts, article: cite(law, basis) }),
    })),
  }
}

export type CheckScope = {
  /** Items whose records a check can show at all. */
  readonly items: readonly string[]
  /** The same as PostgreSQL reads them, written once: every check hands them over. */
  readonly itemArray: string
  /** Their sections, as the register of looks names what was shown. */
  readonly sections: readonly string[]
}

const scopes = new WeakMap<Law, CheckScope>()

/**
 * What a check reads. Only to keep it from reading what disclosure would not let through anyway; a test holds it to what disclosure
 * decides.
 */
export function checkScope(law: Law): CheckScope {
  const known = scopes.get(law)
  if (known) return known
  const editions = [...law.itemEditions.values()].filter(mayBeInForce)
  const items = [...new Set(editions.map(edition => edition.item))]
  const scope = {
    items,
    itemArray: plainArray(items),
    sections: [...new Set(editions.map(edition => edition.report.section))].sort(),
  }
  scopes.set(law, scope)
  return scope
}

function mayBeInForce(item: ItemEdition): boolean {
  return item.effect === 'adverse' && (item.nature === 'listing' || item.nature === 'status')
}
