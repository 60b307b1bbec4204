import type { ActView } from '../../../src/cases/shapes.ts'
import type { FieldError } from '../../kit/ErrorSummary.tsx'
import { say } from '../../kit/words.ts'
import { changedOf } from './changed-lines.ts'

/* What a form of an act holds before it is sent. The server judges it all again. */

export type DraftPaper = { readonly paper: string; readonly paperId: number; readonly fileName: string; readonly bytes: number }

export type Draft = { readonly fields: Readonly<Record<string, string>>; readonly papers: readonly DraftPaper[] }

export const NO_DRAFT: Draft = { fields: {}, papers: [] }

type Form = Pick<ActView, 'fields' | 'papers'>

/** The id of a field's input. */
export const fieldId = (field: string): string => `field-${field}`
export const paperId = (paper: string): string => `paper-${paper}`

/** What is missing or too long, one sentence a field. */
export function errorsOf({ fields, papers }: Form, draft: Draft): FieldError[] {
  const ofFields = fields.flatMap(({ field, name, required, longest }): FieldError[] => {
    const value = (draft.fields[field] ?? '').trim()
    if (required && value === '') return [{ id: fieldId(field), message: say('console.cases.field-missing', { name }) }]
    if (value.length > longest)
      return [{ id: fieldId(field), message: say('console.cases.field-too-long', { name, longest, length: value.length }) }]
    return []
  })
  const ofPapers = papers
    .filter(({ paper, required }) => required && !draft.papers.some(one => one.paper === paper))
    .map(({ paper, name }): FieldError => ({ id: paperId(paper), message: say('console.cases.paper-missing', { name }) }))
  return [...ofFields, ...ofPapers]
}

/** The body of the request: what was filled in, empty fields left out, and the papers that were sent before. */
export function sentOf({ fields, papers }: Form, draft: Draft) {
  const filled = fields
    .map(({ field }) => [field, (draft.fields[field] ?? '').trim()] as const)
    .filter(([, value]) => value !== '')
  return {
    fields: Object.fromEntries(filled),
    papers: draft.papers
      .filter(one => papers.some(({ paper }) => paper === one.paper))
      .map(({ paper, paperId }) => ({ paper, paperId })),
  }
}

/** What was filled in as a person reads it, to look over once more. */
export function readBack({ fields, papers }: Form, draft: Draft): { readonly name: string; readonly value: string }[] {
  return [
    ...fields.flatMap(({ field, name, kind, choices, values }) => {
      const value = (draft.fields[field] ?? '').trim()
      if (value === '') return []
      if (kind === 'record-values') return [{ name, value: readChanged(values, value) }]
      const chosen = kind === 'yes' ? say('console.cases.yes') : (choices.find(one => one.id === value)?.name ?? value)
      return [{ name, value: chosen }]
    }),
    ...papers.flatMap(({ paper, name }) =>
      draft.papers.filter(one => one.paper === paper).map(one => ({ name, value: one.fileName })),
    ),
  ]
}

/** What a record should say, one line a column: the old beside the new. */
function readChanged(values: ActView['fields'][number]['values'], lines: string): string {
  const none = say('console.cases.value-none')
  return [...changedOf(lines)]
    .map(([code, to]) => {
      const column = values.find(one => one.code === code)
      return say('console.cases.value-changed', { name: column?.name ?? code, from: column?.now || none, to: to || none })
    })
    .join('\n')
}

/** Refusals after which the case is not what was shown: somebody was quicker, or the day has moved on. */
export const OVERTAKEN: readonly string[] = ['case.changed-meanwhile', 'case.closed', 'case.act-not-open', 'case.already-open']
