import { addMonths, type Day } from '../base/day.ts'
import { granted, refused } from '../base/refusal.ts'
import { itemOn } from '../law/law.ts'
import { PART_NAMES } from '../law/list-document.ts'
import { itemsOfList, mayDecideList, openableList } from '../law/lists.ts'
import { tidyDocumentNumber } from '../validation/value.ts'
import type { Guard, GuardFacts } from './guards.ts'
import { HEARING_GUARDS } from './guards-hearing.ts'
import { exclusionsOf, hearingDue, type ListCase, listCaseOf, listedOn } from './list-case.ts'

/*
 * Conditions of listing and of leaving, from the register of lists: complete, decided here, on a ground that it names, about nobody whom it
 * leaves out, on an effective document, after a notice that was served and a statement that was answered (principle 6, SG1, SG2).
 */

const MET = granted(true as const)

const ofList =
  (judge: (one: ListCase, facts: GuardFacts, basis: string | null) => ReturnType<Guard>): Guard =>
  (facts, basis) => {
    const found = listCaseOf(facts.law, facts.aboutRef, facts.filled)
    return found ? judge(found, facts, basis) : refused('list.unknown', basis)
  }

/** M202 · a list whose basis, grounds, notice, period or exit nobody has filled in is closed, and says what is missing. */
const openable = ofList(({ list }, { law, today }, basis) => {
  if (list.platformRole === 'mirror') return elsewhere(list)
  const open = openableList(law, list.list, today)
  if (open.open) return MET
  const missing = open.missing.map(part => PART_NAMES[part]).join('、')
  return refused('list.not-openable', list.basis[0] ?? basis, { list: list.name, missing })
})

/** A list that is decided in another system is carried here with its decision, and nobody is put on it here. */
const elsewhere = (list: ListCase['list']): ReturnType<Guard> =>
  refused('list.decided-elsewhere', list.basis[0] ?? null, { list: list.name, authority: list.authority })

const decidedHere = ofList(({ list }, { law, unit, subjectKind, today }, basis) => {
  if (list.platformRole === 'mirror') return elsewhere(list)
  const facts = { list: list.name, authority: list.authority }
  if (!mayDecideList(law, unit ?? '', list.list)) return refused('list.not-your-list', list.basis[0] ?? basis, facts)
  if (subjectKind === null) return MET
  if (!list.subjects.includes(subjectKind)) return refused('list.subject-not-meant', list.basis[0] ?? basis, facts)
  // An entry that no item keeps cannot be: of a natural person there is none.
  const isKept = itemsOfList(law, list.list).some(item => itemOn(law, item, today)?.subjects.includes(subjectKind))
  return isKept ? MET : refused('list.item-missing', list.basis[0] ?? basis, facts)
})

/** The list's own ground; of a key-attention list its degree too, which is all that is done (M203). */
const groundKnown = ofList(({ list, ground, handling }, _, basis) => {
  if (!ground) return refused('list.ground-unknown', list.basis[0] ?? basis, { list: list.name })
  if (list.kind === 'attention' && !handling) return refused('list.degree-missing', list.basis[0] ?? basis, { list: list.name })
  return MET
})

const notExcluded = ofList((one, { filled }, basis) => {
  const exclusions = exclusionsOf(one)
  if (exclusions.length === 0 || filled['not-excluded'] === 'yes') return MET
  const said = exclusions.map(({ text }) => text).join('；')
  return refused('list.exclusion-unchecked', exclusions[0]?.basis[0] ?? basis, { exclusions: said })
})

/** SG1, M207 · dishonesty is established by effective documents alone; a number without a figure, or that stands for none, names no document. */
const documentNamed: Guard = ({ law, aboutRef, filled }, basis) => {
  if (listCaseOf(law, aboutRef, filled)?.list.kind === 'honour') return MET
  const document = filled['document'] ?? ''
  return /\d/.test(document) && tidyDocumentNumber(document).ok ? MET : refused('list.document-not-named', basis)
}

const hearing = ofList((one, { filled }, basis) =>
  hearingDue(one, filled) ? MET : refused('list.no-hearing', one.list.notice?.basis[0] ?? basis, { list: one.list.name }),
)

/** M215 · early exit where the list gives one, from the day it names. */
const exitOpen = ofList(({ list }, { opened, filled, unanswered, today }, basis) => {
  const { early, text } = list.exit
  if (!early) return refused('list.no-early-exit', list.exit.basis[0] ?? basis, { list: list.name })
  if (early.from === 'correction' && unanswered?.has('corrected-on')) return MET
  const from = early.from === 'correction' ? (filled['corrected-on'] as Day | undefined) : opened && listedOn(opened)
  if (!from) return refused('list.correction-day-missing', early.basis[0] ?? basis)
  const on = addMonths(from, early.afterMonths)
  return on <= today ? MET : refused('list.exit-too-early', early.basis[0] ?? basis, { on, exit: text })
})

/** SG2 · the letters by which the time to answer begins have reached the subject. */
const noticeServed: Guard = ({ opened, served }, basis) => {
  const letters = opened?.procedure.acts.flatMap(({ when }) => (when && 'served' in when ? [when.served] : [])) ?? []
  return letters.length > 0 && letters.every(letter => served.has(letter)) ? MET : refused('list.notice-not-served', basis)
}

/** M206 · what was stated after a decision had been drafted is answered first. */
const statementAnswered: Guard = ({ opened }, basis) => {
  const entries = opened?.entries ?? []
  const drafted = entries.findLastIndex(entry => entry.from !== entry.to && entry.office === 'decider')
  const isLate = entries.some((entry, index) => index > drafted && entry.office === 'subject')
  return isLate ? refused('list.statement-unanswered', basis) : MET
}

export const LIST_GUARDS = {
  'list-openable': openable,
  'list-decided-here': decidedHere,
  'list-ground-known': groundKnown,
  'list-not-excluded': notExcluded,
  'list-hearing-due': hearing,
  ...HEARING_GUARDS,
  'list-exit-open': exitOpen,
  'legal-document-named': documentNamed,
  'notice-served': noticeServed,
  'statement-answered': statementAnswered,
} as const satisfies Record<string, Guard>
