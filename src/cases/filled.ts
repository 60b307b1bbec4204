import { isDay } from '../base/day.ts'
import { granted, refused, type Verdict } from '../base/refusal.ts'
import type { Law } from '../law/law.ts'
import type { ProcedureAct, ProcedureField } from '../law/procedure-model.ts'
import { lawChoices } from './law-choices.ts'
import type { Filled, HandedPaper } from './model.ts'

/** The longest that a person may write into a field, in characters. */
export const LONGEST: Readonly<Record<ProcedureField['kind'], number>> = {
  text: 100,
  'long-text': 2000,
  day: 10,
  choice: 60,
  number: 18,
  yes: 3,
  unit: 60,
  'document-number': 100,
  'record-values': 4000,
}

/**
 * What was filled in with an act, as far as its table asks for it: blanks at the ends cut, empty fields left out. Refuses `case.field-unknown`,
 * `case.field-missing`, `case.field-invalid`, `case.field-too-long`, each naming the field.
 */
export function readFilled(law: Law, act: ProcedureAct, given: Filled): Verdict<Filled> {
  const basis = act.basis[0] ?? null
  const asked = new Map(act.fields.map(field => [field.field, field]))
  for (const name of Object.keys(given)) if (!asked.has(name)) return refused('case.field-unknown', basis, { field: name })
  const filled: Record<string, string> = {}
  for (const field of act.fields) {
    const value = (given[field.field] ?? '').trim()
    const facts = { field: field.name }
    if (value === '') {
      if (field.required) return refused('case.field-missing', basis, facts)
      continue
    }
    if (value.length > LONGEST[field.kind]) return refused('case.field-too-long', basis, { ...facts, most: LONGEST[field.kind] })
    if (!isValid(law, field, value)) return refused('case.field-invalid', basis, facts)
    filled[field.field] = value
  }
  return granted(filled)
}

function isValid(law: Law, field: ProcedureField, value: string): boolean {
  switch (field.kind) {
    case 'day':
      return isDay(value)
    case 'choice':
      return field.choicesOf
        ? lawChoices(law, field.choicesOf).some(one => one.id === value)
        : Object.hasOwn(field.choices ?? {}, value)
    case 'number':
      return /^\d{1,15}(\.\d{1,2})?$/.test(value)
    case 'yes':
      return value === 'yes'
    case 'unit':
      return law.units.has(value)
    default:
      return true
  }
}

/** Refuses `case.paper-missing` and `case.paper-unknown`: what an act asks for is there, and nothing that it does not. */
export function readPapers(act: ProcedureAct, given: readonly HandedPaper[]): Verdict<readonly HandedPaper[]> {
  const basis = act.basis[0] ?? null
  const unknown = given.find(one => !act.papers.some(paper => paper.paper === one.paper))
  if (unknown) return refused('case.paper-unknown', basis, { paper: unknown.paper })
  const missing = act.papers.find(paper => paper.required && !given.some(one => one.paper === paper.paper))
  if (missing) return refused('case.paper-missing', basis, { paper: missing.name })
  return granted(given)
}
