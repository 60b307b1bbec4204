import {
  BREACH_NEEDS,
  COMMITMENT_BLANKS,
  type CommitmentMatters,
  type CommitmentRegister,
  type CommitmentTemplate,
  SAYS,
} from './commitment-model.ts'
import { commitmentMarks } from './commitments.ts'
import { type Ground, type Report, repeated } from './ground.ts'
import { isAssigned } from './law.ts'
import type { Path } from './place.ts'
import type { Located } from './reading.ts'

/** Credit commitments: types and words as the code lists have them, twenty columns, templates with a fixed legal part, units' matters. */
export function checkCommitments(ground: Ground, report: Report): void {
  const { reading } = ground
  for (const at of reading.commitmentRegisters) {
    checkWords(ground, at, report)
    checkColumns(ground, at, report)
    const absent = BREACH_NEEDS.filter(one => !at.value.breach.needs.includes(one))
    if (absent.length > 0) report('law.commitment-breach-unheard', at, ['breach', 'needs'], { needs: absent.join(', ') })
    at.value.types.forEach(({ type, text, consequences }, index) => {
      if (consequences.length === 0) report('law.commitment-without-consequence', at, ['types', index], { type: text })
      if (!reading.commitmentTemplates.some(one => one.value.type === type))
        report('law.commitment-type-without-template', at, ['types', index], { type: text })
    })
  }
  for (const at of reading.commitmentTemplates) checkTemplate(ground, at, report)
  checkEditions(reading.commitmentTemplates, report)
  checkMatters(ground, report)
}

/** Types, openness and fulfilment carry the codes and words of their code lists. */
function checkWords({ law }: Ground, at: Located<CommitmentRegister>, report: Report): void {
  const { types, openness, fulfilment } = at.value
  for (const index of repeated(types.map(one => one.type)))
    report('law.commitment-type-duplicate', at, ['types', index, 'type'], { type: types[index]?.type })
  const differs = (list: string, key: string, words: readonly { text: string; code?: string }[]): void => {
    const values = law.codeLists.get(list)?.values ?? []
    words.forEach((one, index) => {
      const same = values.find(value => value.text === one.text)
      if (same === undefined || (one.code !== undefined && one.code !== same.code))
        report('law.commitment-word-differs', at, [key, index, 'text'], { text: one.text, list })
    })
    for (const value of values)
      if (!words.some(one => one.text === value.text))
        report('law.commitment-word-missing', at, [key], { text: value.text, list })
  }
  differs('commitment-type', 'types', types)
  differs('commitment-openness', 'openness', openness)
  differs('commitment-fulfilment', 'fulfilment', fulfilment)
}

/** Every column of the item has its place in the register, and no other. */
function checkColumns({ law }: Ground, at: Located<CommitmentRegister>, report: Report): void {
  const { item, register } = at.value
  const known = law.items.get(item)?.at(-1)
  if (known === undefined) {
    report('law.commitment-item-unknown', at, ['item'], { item })
    return
  }
  register.forEach(({ column }, index) => {
    if (!known.fieldByCode.has(column)) report('law.commitment-column-unknown', at, ['register', index, 'column'], { column })
  })
  for (const index of repeated(register.map(one => one.column)))
    report('law.commitment-column-twice', at, ['register', index, 'column'], { column: register[index]?.column })
  for (const { code, name } of known.fields)
    if (!register.some(one => one.column === code)) report('law.commitment-column-missing', at, ['register'], { column: name })
}

/** A template says all that must be said; its legal paragraphs hold nothing that anybody types. */
function checkTemplate({ law }: Ground, at: Located<CommitmentTemplate>, report: Report): void {
  const { template, type, name, blanks, paragraphs, inForceFrom, inForceUntil } = at.value
  if (!law.commitments.types.has(type)) report('law.commitment-type-unknown', at, ['type'], { type })
  if (inForceUntil !== null && inForceUntil < inForceFrom)
    report('law.commitment-range-inverted', at, ['inForceUntil'], { template })
  const said = new Set(paragraphs.flatMap(one => one.says))
  for (const wanted of SAYS) if (!said.has(wanted)) report('law.commitment-unsaid', at, ['paragraphs'], { name, says: wanted })
  for (const wanted of ['truth', 'performance', 'liability'] as const)
    if (said.has(wanted) && !paragraphs.some(one => one.legal && one.says.includes(wanted)))
      report('law.commitment-legal-missing', at, ['paragraphs'], { name, says: wanted })
  const own: readonly string[] = COMMITMENT_BLANKS
  const typed = blanks.map(one => one.blank)
  const used = new Set<string>()
  paragraphs.forEach(({ legal, text }, index) => {
    for (const mark of commitmentMarks(text)) {
      used.add(mark)
      const path: Path = ['paragraphs', index, 'text']
      if (!typed.includes(mark) && !own.includes(mark)) report('law.commitment-blank-unknown', at, path, { blank: mark })
      else if (legal && typed.includes(mark)) report('law.commitment-legal-blank', at, path, { blank: mark })
    }
  })
  typed.forEach((blank, index) => {
    if (!used.has(blank)) report('law.commitment-blank-unused', at, ['blanks', index, 'blank'], { blank })
  })
}

/** Editions of one template do not overlap. */
function checkEditions(all: readonly Located<CommitmentTemplate>[], report: Report): void {
  for (const at of all) {
    const { template, inForceFrom } = at.value
    const overlaps = all.some(
      ({ value }) =>
        value.template === template &&
        value.inForceFrom < inForceFrom &&
        (value.inForceUntil === null || value.inForceUntil >= inForceFrom),
    )
    if (overlaps) report('law.commitment-template-overlap', at, ['inForceFrom'], { template, day: inForceFrom })
  }
}

type Matter = { readonly id: string; readonly name: string; readonly type: string; readonly template: string }

function checkMatters(ground: Ground, report: Report): void {
  const seen = new Set<string>()
  for (const at of ground.reading.commitmentMatters) {
    checkUnit(ground, at, report)
    for (const [key, rows] of [
      ['approvals', at.value.approvals],
      ['tenders', at.value.tenders],
    ] as const) {
      rows.forEach((row, index) => {
        if (seen.has(row.id)) report('law.commitment-matter-duplicate', at, [key, index, 'id'], { id: row.id })
        seen.add(row.id)
        checkMatter(ground, at, [key, index], row, report)
      })
    }
    at.value.approvals.forEach(({ accepts, supplyWithin, name }, index) => {
      if ((accepts === 'missing-material') !== (supplyWithin !== undefined))
        report('law.commitment-supply', at, ['approvals', index], { name })
    })
  }
}

/** A unit takes commitments only where it is assigned to report them. */
function checkUnit({ law }: Ground, at: Located<CommitmentMatters>, report: Report): void {
  const { unit } = at.value
  const item = law.commitments.register?.item ?? ''
  if (!law.units.has(unit)) report('law.commitment-unit-unknown', at, ['unit'], { unit })
  else if (!isAssigned(law, unit, item)) report('law.commitment-unit-not-assigned', at, ['unit'], { unit })
}

function checkMatter({ law }: Ground, at: Located<CommitmentMatters>, path: Path, row: Matter, report: Report): void {
  const editions = law.commitments.templates.get(row.template)
  if (!law.commitments.types.has(row.type)) report('law.commitment-type-unknown', at, [...path, 'type'], { type: row.type })
  if (editions === undefined) report('law.commitment-template-unknown', at, [...path, 'template'], { template: row.template })
  else if (editions.some(one => one.type !== row.type))
    report('law.commitment-template-type', at, [...path, 'template'], { name: row.name, template: row.template })
}
