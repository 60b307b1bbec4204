/*
 * Rules about the registers behind the procedures: lists, measures, repair, commitments. Beside `rules.ts`, of which they are a part.
 */
export const REGISTER_RULES = {
  'law.list-ground-duplicate': 'error',
  'law.list-ground-unknown': 'error',
  'law.list-ground-without-period': 'error',
  'law.list-notice-incomplete': 'error',
  'law.list-period-end': 'error',
  'law.list-extension-inverted': 'error',
  'law.list-early-after-end': 'error',
  'law.list-without-way-out': 'error',
  'law.list-unit-unknown': 'error',
  'law.list-court-decided-here': 'error',
  'law.list-incomplete': 'error',
  'law.list-without-remedy': 'error',
  'law.list-without-annulment': 'error',
  'law.list-measure-target': 'error',
  'law.list-attention-restricts': 'error',
  'law.list-handling': 'error',
  'law.list-honour-restricts': 'error',
  'law.list-person-public': 'error',
  'law.list-subject-differs': 'error',
  'law.list-term-differs': 'error',
  'law.list-publication-differs': 'error',
} as const
