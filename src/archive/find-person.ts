import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { look, lookMiss, type TypedReason } from '../access/look.ts'
import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { Refusal } from '../base/refusal.ts'
import type { Row } from '../db/database.ts'
import { personNameKey } from '../subject/name.ts'
import { PERSON_DOCUMENTS, type PersonDocumentKind, parsePersonDocument } from '../subject/person-document.ts'
import type { searchPersons } from './contract.ts'
import { outletFor, reasonOf } from './read-archive.ts'

export type PersonAsked = TypedReason & {
  readonly documentKind: string
  readonly documentNumber: string
  readonly name: string
}

/**
 * Finds a natural person by document number and name, which must agree (M053): the number goes through the keyed blind index and is kept
 * nowhere. A number nobody has, and one whose bearer is called otherwise, are answered alike: nobody; both are registered as looks.
 *
 * Refuses `look.purpose-missing`, `person-document.kind-unknown`, and what is no document number, without repeating it.
 */
export async function findPerson(app: App, actor: Actor, asked: PersonAsked): Promise<z.infer<typeof searchPersons.output>> {
  const request = { ...reasonOf(asked), actor, outlet: outletFor(actor), shown: ['card'] }
  const kind = documentKind(asked.documentKind)
  const read = parsePersonDocument(kind, asked.documentNumber, {
    on: legalDay(app.now(), app.city.zone),
    inventedPrefixes: app.city.inventedPrefixes as never,
  })
  if (!read.ok) throw new Refusal(read.code, read.basis, { personal: true }, 422)
  const name = personNameKey(asked.name)
  const subjectId = await findBearer(app, kind, read.value.number, name)
  if (subjectId === undefined) {
    const { receipt } = await lookMiss(app, request, `${kind} ${read.value.number} ${name}`)
    return { subjects: [], receipt }
  }
  const { rows, receipt } = await look<Row & { subjectId: SubjectId; name: string; kind: string }>(app, request, [subjectId], {
    name: 'person-card',
    text: `select subject_id as "subjectId", name, kind from subject_card where subject_id = $1`,
    values: [subjectId],
  })
  return { subjects: rows.map(row => ({ ...row })), receipt }
}

function documentKind(text: string): PersonDocumentKind {
  if (!Object.hasOwn(PERSON_DOCUMENTS, text)) throw new Refusal('person-document.kind-unknown', null, {}, 422)
  return text as PersonDocumentKind
}

/** By the index under every key, so that a person is found while keys are changed. Leaves for nobody. */
async function findBearer(app: App, kind: PersonDocumentKind, number: string, name: string): Promise<SubjectId | undefined> {
  const row = await app.db.row<{ subject_id: SubjectId | null }>({
    name: 'find-bearer',
    text: 'select person_of_document($1, $2::text[], $3) as subject_id',
    values: [kind, app.keys.blindIndexes(kind, Buffer.from(number)).map(index => index.toString('hex')), name],
  })
  return row?.subject_id ?? undefined
}
