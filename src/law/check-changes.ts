import { type Ground, type Report, repeated } from './ground.ts'
import type { CatalogueItem } from './item-model.ts'
import type { Law } from './law.ts'
import { matterKey } from './name-change.ts'
import type { Located } from './reading.ts'

const PARTS = ['changedMatter', 'valueBefore', 'valueAfter'] as const

/** Notices of a single change: the columns for before and after, and when the change is one of the name. */
export function checkChanges({ reading, law }: Ground, report: Report): void {
  for (const item of reading.items) {
    checkParts(item, report)
    checkNameChange(law, item, report)
  }
}

function checkParts(item: Located<CatalogueItem>, report: Report): void {
  const { roles, nature } = item.value
  const first = PARTS.find(part => roles[part] !== undefined)
  if (first === undefined) return
  for (const role of PARTS) if (roles[role] === undefined) report('law.change-role-missing', item, ['roles', first], { role })
  // What says how the whole registration stands would say the name twice.
  if (nature !== 'registration' || roles.registrationStatus !== undefined)
    report('law.change-role-misplaced', item, ['roles', first])
  if (roles.valueBefore !== undefined && roles.valueBefore === roles.valueAfter)
    report('law.change-values-same', item, ['roles', 'valueAfter'], { column: roles.valueAfter })
}

function checkNameChange(law: Law, item: Located<CatalogueItem>, report: Report): void {
  const { roles, nameChange, fields } = item.value
  if (nameChange === undefined) return
  if (PARTS.every(part => roles[part] === undefined)) report('law.name-change-without-roles', item, ['nameChange'])
  for (const role of PARTS) {
    const column = fields.find(one => one.code === roles[role])
    if (column && !column.required) report('law.name-change-column-optional', item, ['roles', role], { column: column.name })
  }
  const { matters } = nameChange
  for (const index of repeated(matters.map(matterKey)))
    report('law.name-change-matter-twice', item, ['nameChange', 'matters', index], { matter: matters[index] })
  const list = law.codeLists.get(fields.find(one => one.code === roles.changedMatter)?.list ?? '')
  if (list === undefined || list.openEnded) return
  const known = new Set(list.values.map(one => matterKey(one.text)))
  matters.forEach((matter, index) => {
    if (!known.has(matterKey(matter)))
      report('law.name-change-matter-unknown', item, ['nameChange', 'matters', index], { matter, list: list.name })
  })
}
