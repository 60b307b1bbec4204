import type { Day } from '../base/day.ts'
import type { DeliveryId, FactId, SubjectId } from '../base/id.ts'
import { disclose } from '../disclosure/disclose.ts'
import { printedValue } from '../disclosure/printed-value.ts'
import { disclosedRecord } from '../disclosure/record.ts'
import { cite } from '../law/citation.ts'
import { type ItemEdition, itemEdition, type Law } from '../law/law.ts'
import type { Viewer } from '../law/masking-model.ts'
import type { SubjectKind } from '../subject/kind.ts'
import type { Words } from '../words/words.ts'
import type { RecordView, StandingView } from './contract.ts'
import type { Fact, Standing } from './model.ts'
import { openOutletTable, reasonView } from './outlet-table.ts'
import type { Origin, Sending } from './provenance.ts'
import { knownRecord, type StandingRecord } from './registrations.ts'

/** A question put to an archive whose look is registered. */
export type ArchiveQuestion = {
  readonly law: Law
  readonly words: Pick<Words, 'say'>
  readonly kindOf: (subjectId: SubjectId) => SubjectKind
  readonly asOf: Day
  readonly purpose: string
  /** The subject's authorisation, or the statute in its place, is registered with the look. */
  readonly authorised: boolean
  /** Who looks, in the table of masking, at a record whose last version is this. */
  readonly viewerOf: (head: Fact) => Viewer
  readonly explain: boolean
}

/** A record as it is shown, before its provenance is asked for by its last version. */
export type RecordDraft = { readonly head: Fact; readonly view: Omit<RecordView, 'provenance'> }

/**
 * Records as the one who looks may see them, in their order; what needs an authorisation that is not registered
 * is left out. `state`: `standing`, `annulled`, or `former`: a registration that a later one has taken the place of.
 */
export function draftRecords(question: ArchiveQuestion, records: readonly StandingRecord[]): RecordDraft[] {
  const { law, words, kindOf, asOf, purpose, authorised, explain } = question
  const outlets = explain ? openOutletTable({ law, words, day: asOf, purpose, authorised }) : () => []
  return records.flatMap(record => {
    const { head } = record
    const item = itemEdition(law, `${head.item}@${head.edition}`)
    if (!item) return []
    const known = disclosedRecord(law, item, kindOf(head.subjectId), knownRecord(record))
    const answer = disclose(law, known, 'archive', { day: asOf, purpose, authorised, viewer: question.viewerOf(head) })
    if (!answer.shown) return []
    const isFormer = record.state === 'corrected'
    const shownValue = (code: string | undefined): string | undefined => answer.fields.find(field => field.code === code)?.value
    const view = {
      recordId: record.recordId,
      subjectId: head.subjectId,
      item: head.item,
      itemName: item.name,
      edition: head.edition,
      class: item.class,
      section: item.report.section,
      heading: item.report.heading,
      authority: head.authority,
      authorityName: shownValue(item.roles.authorityName) ?? law.units.get(head.authority)?.name ?? head.authority,
      documentNo: item.roles.documentNumber
        .map(column => shownValue(column) ?? '')
        .filter(Boolean)
        .join(' '),
      decidedOn: head.decidedOn,
      knownFrom: head.knownFrom.toISOString(),
      state: isFormer ? 'former' : record.state,
      marks: isFormer ? ['former'] : [...answer.marks],
      standings: record.standings.map(one => standingView(law, words, one, item)),
      comment: answer.comment && { text: answer.comment.text, on: answer.comment.on },
      fields: answer.fields.map(({ code, name, value }) => ({
        code,
        name,
        value: printedValue(item.fieldByCode.get(code), value),
      })),
      versions: [...record.versions],
      outlets: isFormer ? formerOutlets(law, words, outlets(known)) : outlets(known),
    }
    return [{ head, view }]
  })
}

/** What a case makes of a record, in a sentence with its article. */
export function standingView(
  law: Law,
  words: Pick<Words, 'say'>,
  { kind, caseId, from, basis }: Standing,
  { nature }: Pick<ItemEdition, 'nature'>,
): StandingView {
  // What its subject declared was on no list and decided by nobody.
  const isTaken = nature === 'declaration' && (kind === 'removed' || kind === 'annulled')
  const become = words.say(isTaken ? `standing.declaration-${kind}` : `standing.kind-${kind}`)
  const sentence = words.say('standing.since', { kind: become, from, article: cite(law, basis) })
  return { kind, caseId, from, sentence }
}

/** The archive still shows a former registration, as one; that it is one is why nobody else does. */
function formerOutlets(law: Law, words: Pick<Words, 'say'>, outlets: RecordView['outlets']): RecordView['outlets'] {
  const former = reasonView(law, words, { code: 'registration.former', basis: null, facts: {} })
  return outlets.map(outlet => ({
    ...outlet,
    because: outlet.because.map(reason => (reason.code === 'disclosure.corrected' ? former : reason)),
  }))
}

/** A record with where it came from: which row of which file, sent by whom. */
export function withProvenance(
  law: Law,
  { head, view }: RecordDraft,
  origins: ReadonlyMap<FactId, Origin>,
  sendings: ReadonlyMap<DeliveryId, Sending>,
): RecordView {
  const origin = origins.get(head.factId)
  if (!origin) throw new RangeError(`the origin of fact ${head.factId} was not read`)
  const { reportDueOn, deliveryId, rowNo, rowHash, matchedBy, commitment } = origin
  const sending = sendings.get(deliveryId)
  const unitName = law.units.get(sending?.unit ?? head.authority)?.name ?? view.authorityName
  const { receivedOn } = head
  return {
    ...view,
    provenance: {
      ...{ unitName, receivedOn, reportDueOn, deliveryId, fileName: sending?.fileName ?? null },
      ...{ rowNo, rowHash, matchedBy, commitment },
    },
  }
}
