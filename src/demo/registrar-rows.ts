import { Chance } from './chance.ts'
import type { CityPlan, SourceShelf } from './city-files.ts'
import { contentOf } from './content.ts'
import { laterBy } from './day-table.ts'
import { MESSES } from './dirt.ts'
import { cellsOf } from './layout.ts'
import type { Occasion } from './record.ts'
import type { RegistrarFile } from './registers.ts'
import type { DemoRow } from './rows.ts'
import { nameOn } from './subjects.ts'

const TIDIED = MESSES.filter(mess => ['code.lower-case', 'code.full-width', 'code.letter-o', 'code.spaces'].includes(mess.name))
const WRONG_CHECK = MESSES.find(mess => mess.name === 'code.check-digit')

/**
 * The rows of a registrar's file. A spoilt row never stands in a subject's only place, because everything that is reported later needs the
 * registration: rows to be refused and repeated rows come in addition.
 */
export function* registrarRows(plan: CityPlan, shelf: SourceShelf, file: RegistrarFile): Generator<DemoRow> {
  const { city } = plan
  let row = 0
  for (const [i, n] of file.subjects.entries()) {
    const decidedOn = laterBy(city.start, file.days[i] ?? 0)
    const subject = plan.subject(n)
    const chance = new Chance(city.seed, 'registration', n, file.days[i] ?? 0)
    const on: Occasion = {
      city,
      source: shelf.source,
      unit: shelf.unit,
      item: shelf.item,
      subject,
      person: null,
      name: nameOn(subject, decidedOn),
      decidedOn,
      sentOn: file.sentOn,
      serial: n,
      chance,
    }
    const content = contentOf(on)
    const cells = cellsOf(shelf.layout, content, ++row)
    const job = { plan, shelf, on, content, chance }
    const fate = chance.next()
    const tidied = fate < 0.008 ? chance.pick(TIDIED) : undefined
    const isTidied = tidied?.cells?.(job, cells) ?? false
    yield { cells, expected: 'filed', mess: isTidied && tidied ? tidied.name : null }
    if (fate >= 0.008 && fate < 0.014)
      yield { cells: cellsOf(shelf.layout, content, ++row), expected: 'duplicate', mess: 'row.twice' }
    if (fate >= 0.014 && fate < 0.02 && WRONG_CHECK?.cells) {
      const wrong = cellsOf(shelf.layout, content, ++row)
      WRONG_CHECK.cells(job, wrong)
      yield { cells: wrong, expected: 'refused', mess: WRONG_CHECK.name }
    }
  }
}
