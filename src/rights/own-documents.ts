import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import type { Row, Statement } from '../db/database.ts'
import { shownTo } from '../disclosure/mask-for.ts'
import { PERSON_DOCUMENTS, type PersonDocumentKind } from '../subject/person-document.ts'
import type { OwnDocument } from './contract.ts'

/* The numbers that identify a person, for itself (PIPL 45; docs/decisions/0017). */

/** A number as it is kept: bound to its table and its kind. */
export type OwnNumber = Row & { readonly kind: PersonDocumentKind; readonly sealed: Buffer }

/** The sealed numbers of the subjects of a group; of organisations there is none. For a look of one's own. */
export function ownNumbersOf(group: readonly SubjectId[]): Statement {
  return {
    name: 'own-numbers',
    text: 'select kind, sealed from person_secret where subject_id = any($1::bigint[]) order by kind, subject_id',
    values: [group],
  }
}

/** The numbers as their holder sees them: whole in the copy, on a page as the table of masking says. */
export function ownDocuments(app: Pick<App, 'keys' | 'law'>, numbers: readonly OwnNumber[], isWhole: boolean): OwnDocument[] {
  return numbers.map(({ kind, sealed }) => {
    const number = app.keys.open(sealed, `person_secret:${kind}`).toString('utf8')
    const shown = isWhole ? number : shownTo(app.law, 'id-number', 'subject', number)
    return { kind, kindName: PERSON_DOCUMENTS[kind].name, number: shown, isWhole }
  })
}
