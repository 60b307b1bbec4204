import type { Day } from '../base/day.ts'
import type { ApprovalMatter, CommitmentTemplate, CommitmentType, TenderMatter } from './commitment-model.ts'
import type { Law } from './law.ts'

/* What the tables of credit commitments answer. */

type Known = Pick<Law, 'commitments'>

/** The edition of a template in force on a day; what was signed keeps the edition it was signed in. */
export function commitmentTemplateOn(law: Known, template: string, day: Day): CommitmentTemplate | undefined {
  return law.commitments.templates
    .get(template)
    ?.findLast(one => one.inForceFrom <= day && (one.inForceUntil === null || day <= one.inForceUntil))
}

export type CommitmentMatter =
  | { readonly kind: 'approval'; readonly unit: string; readonly matter: ApprovalMatter }
  | { readonly kind: 'tender'; readonly unit: string; readonly matter: TenderMatter }

/** Every matter in which some unit takes a commitment, in the order of the units: the published item lists (M114, M127). */
export function commitmentMattersOf(law: Known): CommitmentMatter[] {
  return [...law.commitments.matters.values()].flatMap(({ unit, approvals, tenders }) => [
    ...approvals.map(matter => ({ kind: 'approval' as const, unit, matter })),
    ...tenders.map(matter => ({ kind: 'tender' as const, unit, matter })),
  ])
}

/** A matter by unit and id. */
export function findCommitmentMatter(law: Known, unit: string, id: string): CommitmentMatter | undefined {
  return commitmentMattersOf(law).find(one => one.unit === unit && one.matter.id === id)
}

/** The type whose words a record carries. */
export function commitmentTypeOfText(law: Known, text: string): CommitmentType | undefined {
  return [...law.commitments.types.values()].find(one => one.text === text)
}

/** Whether words of the fulfilment column say a breach; undefined for words that the list does not know. */
export function isBreach(law: Known, text: string): boolean | undefined {
  return law.commitments.register?.fulfilment.find(one => one.text === text)?.breach
}

/** 承诺编码: division, day, serial, each with its digits; undefined for a division or a serial that does not fit. */
export function commitmentNumber(law: Known, division: string, day: Day, serial: number): string | undefined {
  const digits = law.commitments.register?.numbering.serialDigits
  if (digits === undefined || !/^\d{6}$/.test(division) || !Number.isInteger(serial) || serial < 1) return undefined
  const counted = String(serial).padStart(digits, '0')
  return counted.length > digits ? undefined : `${division}${day.replaceAll('-', '')}${counted}`
}

/** The marks `{blank}` in a template's text, in order. */
export function commitmentMarks(text: string): string[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].map(found => found[1] ?? '')
}
