import { type DeclarationColumn, type DeclarationRules, STATEMENT_SAYS, type StatementId } from './declaration-model.ts'
import { type Ground, type Report, repeated } from './ground.ts'
import type { ItemEdition } from './law.ts'
import type { Located } from './reading.ts'

type At = Located<DeclarationRules>

/**
 * Self-declaration: that what is declared can only ever be in the declarer's favour and has its place in the catalogue, that it is verified by
 * somebody, that what one promises and authorises says what it must, that every family finds its unit.
 */
export function checkDeclarations(ground: Ground, report: Report): void {
  const { reading } = ground
  for (const at of reading.declarationRules) {
    checkItem(ground, at, report)
    checkFamilies(ground, at, report)
    checkRoutes(at, report)
    checkStatements(at, report)
  }
  checkEditions(reading.declarationRules, report)
  checkVerifiers(ground, report)
}

/** The item holds what its subjects say of themselves: it takes nothing away, shows nothing unverified, counts as no violation. */
function checkItem({ law }: Ground, at: At, report: Report): void {
  const { item, columns, verified, openness } = at.value
  const known = law.items.get(item)?.at(-1)
  if (!known) {
    report('law.declaration-item-unknown', at, ['item'], { item })
    return
  }
  if (known.nature !== 'declaration' || known.effect === 'adverse' || known.report.violation)
    report('law.declaration-item-adverse', at, ['item'], { item: known.name })
  for (const [key, column] of Object.entries(columns))
    if (!known.fieldByCode.has(column)) report('law.declaration-column-unknown', at, ['columns', key], { column })
  const { onlyWhen, publicWhen } = known.disclosure
  if (onlyWhen?.field !== columns.state || onlyWhen.is.some(one => one !== verified))
    report('law.declaration-unverified-shown', at, ['item'], { item: known.name })
  const isChosen = publicWhen === undefined || publicWhen.field === columns.openness
  if (known.disclosure.mode === 'public' || !isChosen)
    report('law.declaration-unchosen-public', at, ['item'], { item: known.name })
  const texts = new Set(openness.map(one => one.text))
  publicWhen?.is.forEach(text => {
    if (!texts.has(text)) report('law.declaration-openness-unknown', at, ['openness'], { text })
  })
  openness.forEach(({ text }, index) => {
    if (!wordsOf(law, known, columns, 'openness').has(text))
      report('law.declaration-word-unknown', at, ['openness', index, 'text'], { text })
  })
}

/** The texts of a column's code list. */
function wordsOf(
  law: Ground['law'],
  item: ItemEdition,
  columns: DeclarationRules['columns'],
  column: DeclarationColumn,
): ReadonlySet<string> {
  const list = law.codeLists.get(item.fieldByCode.get(columns[column])?.list ?? '')
  return new Set(list?.values.map(one => one.text))
}

/** Words of the code list; numbers are looked up where there are such; what a person is asked for can be verified. */
function checkFamilies({ law }: Ground, at: At, report: Report): void {
  const { families, columns, item } = at.value
  for (const index of repeated(families.map(one => one.family)))
    report('law.declaration-family-twice', at, ['families', index, 'family'], { family: families[index]?.name })
  const known = law.items.get(item)?.at(-1)
  const words = known ? wordsOf(law, known, columns, 'family') : null
  families.forEach(({ kind, name, needs, compares }, index) => {
    const path = ['families', index]
    if (words && !words.has(kind) && !kind.startsWith(OTHER))
      report('law.declaration-word-unknown', at, [...path, 'kind'], { text: kind })
    if (compares.length > 0 && !needs.includes('number'))
      report('law.declaration-compared-without-number', at, [...path, 'needs'], { family: name })
    compares.forEach((one, place) => {
      const other = law.items.get(one.item)?.at(-1)
      const here = [...path, 'compares', place]
      if (!other) report('law.declaration-compared-unknown', at, [...here, 'item'], { item: one.item })
      else if (other.nature === 'declaration')
        // What the subject has said itself proves nothing.
        report('law.declaration-compared-own', at, [...here, 'item'], { item: other.name })
      else
        for (const column of [...one.numbers, ...one.titles])
          if (!other.fieldByCode.has(column)) report('law.declaration-column-unknown', at, here, { column })
    })
  })
}

/** A word of one's own in an open code list. */
const OTHER = '其他-'

/** One person's way at least, one machine's at most: what the machine does not find must find a person. */
function checkRoutes(at: At, report: Report): void {
  const { routes } = at.value
  for (const index of repeated(routes.map(one => one.route)))
    report('law.declaration-route-twice', at, ['routes', index, 'route'], { route: routes[index]?.name })
  const count = (by: string): number => routes.filter(one => one.by === by).length
  if (count('person') !== 1 || count('machine') !== 1) report('law.declaration-route-runners', at, ['routes'])
}

/** Both texts, each once, saying all that they must. */
function checkStatements(at: At, report: Report): void {
  const { statements } = at.value
  for (const [wanted, says] of Object.entries(STATEMENT_SAYS) as [StatementId, readonly string[]][]) {
    const found = statements.filter(one => one.statement === wanted)
    if (found.length !== 1) {
      report('law.declaration-statement-missing', at, ['statements'], { statement: wanted })
      continue
    }
    const said = new Set<string>(found[0]?.paragraphs.flatMap(one => one.says))
    for (const one of says)
      if (!said.has(one)) report('law.declaration-unsaid', at, ['statements'], { title: found[0]?.title ?? wanted, says: one })
  }
}

function checkEditions(all: readonly At[], report: Report): void {
  for (const at of all) {
    const { inForceFrom, inForceUntil } = at.value
    if (inForceUntil !== null && inForceUntil < inForceFrom) report('law.declaration-range-inverted', at, ['inForceUntil'])
    const overlaps = all.some(
      ({ value }) => value.inForceFrom < inForceFrom && (value.inForceUntil === null || value.inForceUntil >= inForceFrom),
    )
    if (overlaps) report('law.declaration-overlap', at, ['inForceFrom'], { day: inForceFrom })
  }
}

function checkVerifiers({ law, reading }: Ground, report: Report): void {
  const families = new Set(reading.declarationRules.flatMap(at => at.value.families.map(one => one.family)))
  for (const at of reading.declarationVerifiers) {
    const { verifiers } = at.value
    for (const index of repeated(verifiers.map(one => one.family)))
      report('law.declaration-verifier-twice', at, ['verifiers', index, 'family'], { family: verifiers[index]?.family })
    verifiers.forEach(({ family, unit }, index) => {
      if (!families.has(family)) report('law.declaration-family-unknown', at, ['verifiers', index, 'family'], { family })
      if (!law.units.has(unit)) report('law.declaration-unit-unknown', at, ['verifiers', index, 'unit'], { unit })
    })
  }
}
