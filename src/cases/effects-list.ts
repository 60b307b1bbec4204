import type { Change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { FactId } from '../base/id.ts'
import { NotFound, Refusal } from '../base/refusal.ts'
import { fileDecided } from '../intake/file-decided.ts'
import { isAssigned, itemOn } from '../law/law.ts'
import { itemsOfList } from '../law/lists.ts'
import { endStandingsOf, setStanding } from '../standing/commands.ts'
import { findCaseRecords, findEarlyExit, insertCaseRecord } from './case-records.ts'
import type { Effect, EffectGround } from './effects.ts'
import { LISTED_ON, type ListCase, listCaseOf, listedUntil } from './list-case.ts'
import { filledOf } from './store.ts'

/*
 * A listing is a record of its list's item, filed by the decision itself; leaving the list takes it from every outlet in the same transaction and
 * asks whoever was handed it to confirm. Nothing here shows, hides or reports anything: publication, checks and reports follow from the record.
 */

type Item = NonNullable<ReturnType<typeof itemOn>>

/** Columns that every listing item of the national catalogue has under one code; whatever is asked by a role is found by it. */
const LIST_NAME = 'MDMC'
const LIST_BASIS = 'LRYJ'
const FACTS = 'ZYSXSS'
const DOCUMENT = 'SCFZYNR'
/** Of a key-attention list, and of honours. */
const DEGREE = 'GZCD'
const HONOURED_FOR = 'RYNR'

const listSubject: Effect = async (app, made, ground) => {
  const one = listCaseOf(app.law, ground.aboutRef, ground.filled)
  if (!one) throw new NotFound('list.unknown')
  const item = itemsOfList(app.law, one.list.list)
    .filter(name => isAssigned(app.law, ground.unit, name))
    .flatMap(name => itemOn(app.law, name, made.today) ?? [])[0]
  if (!item) throw new Refusal('list.item-missing', one.list.basis[0] ?? null, { list: one.list.name })
  const recordId = await fileDecided(app, made, {
    subjectId: ground.key.subjectId,
    unit: ground.unit,
    item: item.item,
    fileName: app.words.say('list.case-file', { number: ground.number }),
    values: await listingValues(app, made, ground, one, item),
  })
  await insertCaseRecord(made, ground.key, { recordId, entryNo: ground.entryNo })
}

async function listingValues(
  app: App,
  made: Change,
  { key, unit: id, filled }: EffectGround,
  one: ListCase,
  { roles }: Item,
): Promise<Record<string, string | undefined>> {
  const unit = app.law.units.get(id)
  const card = await made.tx.row<{ name: string | null; uscc: string | null }>({
    name: 'case-listed-card',
    text: 'select name, uscc from subject_card where subject_id = $1',
    values: [key.subjectId],
  })
  const basis = [...new Set([...(one.ground?.basis ?? []), ...one.list.basis])]
  const isHonour = one.list.kind === 'honour'
  const until = listedUntil(one, made.today)
  const byRole: readonly (readonly [string | undefined, string | null | undefined])[] = [
    [roles.subjectName, card?.name],
    [roles.uscc, card?.uscc],
    [roles.decidedOn, made.today],
    [roles.title, isHonour ? one.list.name : one.ground?.text],
    [roles.documentNumber[0], filled['decision-number']],
    [roles.authorityName, unit?.name],
    [roles.authorityCode, unit?.uscc],
    [roles.providerName, unit?.name],
    [roles.providerCode, unit?.uscc],
    [roles.shownUntil, until],
    [roles.validUntil, until],
    [DEGREE, one.handling?.degree],
    [HONOURED_FOR, isHonour ? one.ground?.text : undefined],
    [LIST_NAME, one.list.name],
    [LIST_BASIS, basis.map(article => app.words.names.cite(article)).join('、')],
    [FACTS, filled['fact']],
    [DOCUMENT, filled['document'] ? app.words.say('list.document-line', { document: filled['document'] }) : undefined],
  ]
  return Object.fromEntries(byRole.flatMap(([code, value]) => (code && value ? [[code, value] as const] : [])))
}

/** What the case has filed no longer holds: it has ended (`removed`), or never should have been (`annulled`, M216). */
export const takesBack =
  (kind: 'removed' | 'annulled'): Effect =>
  async (app, made, { key, act }) => {
    for (const recordId of await findCaseRecords(made.tx, key)) {
      const basis = act.basis[0] ?? ''
      const record = { subjectId: key.subjectId, recordId: recordId as FactId }
      await setStanding(app, made, record, { kind, caseId: key.caseId, basis })
    }
  }

/**
 * The early exit is taken back: the listing stands again, by the record that was filed when it was decided and that ends by itself on its day, and goes
 * on in a case of its own until that same day. Nothing is filed anew, nothing is lengthened.
 */
const restoreListing: Effect = async (app, made, { key, aboutRef, open }) => {
  const recordId = Number(aboutRef) as FactId
  const early = await findEarlyExit(app.law, made.tx, key.subjectId, recordId)
  if (!early) throw new NotFound('list.not-left-early')
  await endStandingsOf(app, made, key.subjectId, { kind: 'removed', recordId }, 'list.exit-false-material')
  const before = await filledOf(app, made.tx, early)
  const carried = { ...before, [LISTED_ON]: before[LISTED_ON] ?? early.on }
  const { subjectId, list, unit } = early
  const opened = await open(made, {
    procedure: 'listing',
    act: 'resume',
    subjectId,
    aboutRef: list,
    unit,
    parentId: key.caseId,
    carried,
  })
  await insertCaseRecord(made, opened, { recordId, entryNo: 1 })
}

export const LIST_EFFECTS = {
  'list-subject': listSubject,
  'unlist-subject': takesBack('removed'),
  'annul-listing': takesBack('annulled'),
  'restore-listing': restoreListing,
} as const satisfies Record<string, Effect>
