import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative, resolve, sep } from 'node:path'
import type { Day } from '../base/day.ts'
import { assembleLaw } from './assemble.ts'
import { checkLaw } from './check.ts'
import { productionFlaws } from './check-production.ts'
import { chooseTexts, type DatabaseEdition, type Held } from './editions.ts'
import { type Flaw, isError, makeFlaw, printFlaw, sortFlaws } from './flaw.ts'
import type { Law } from './law.ts'
import type { LawFile } from './place.ts'
import { emptyReading, type Reading, type Shelf } from './reading.ts'
import { SHELVES } from './shelves.ts'

export type LawPlaces = {
  /** The folder of national tables. */
  readonly lawDir: string
  /** One city's folder; its last part is the city's name in paths. */
  readonly cityDir: string
  /** Approved editions made in the console (`readDatabaseEditions`). */
  readonly databaseEditions?: readonly DatabaseEdition[]
  /** The legal day on which undated editions are chosen; left out: every edition's day has come. */
  readonly today?: Day
  /** A platform that acts on real people: values nobody has verified are errors too (`productionFlaws`). */
  readonly production?: boolean
}

const TOP = { line: 1, column: 1 }

/**
 * The law and every flaw in it, sorted by file and line. A law with an error among its flaws must not be used (`openLaw` refuses it).
 * Shapes come first: while a file cannot be read, what refers to it is not judged.
 */
export function loadLaw(places: LawPlaces): { readonly law: Law; readonly flaws: readonly Flaw[] } {
  const { law, flaws } = readLaw(places)
  return { law, flaws }
}

/** The same with what was read, for `check-law`. */
export function readLaw(places: LawPlaces): { readonly law: Law; readonly flaws: readonly Flaw[]; readonly reading: Reading } {
  const cityFolder = `city/${basename(resolve(places.cityDir))}`
  const flaws: Flaw[] = []
  const held = [...readFolder(places.lawDir, 'law', flaws), ...readFolder(places.cityDir, cityFolder, flaws)]
  const editions = (places.databaseEditions ?? []).filter(edition => mayCome(edition, cityFolder, held, flaws))
  const reading = emptyReading()
  for (const one of chooseTexts(held, editions, places.today)) readOne(fileOf(one, cityFolder), reading, flaws)
  missingFiles(reading, cityFolder, flaws)
  const law = assembleLaw(reading)
  if (!flaws.some(isError)) flaws.push(...checkLaw(law, reading))
  if (places.production) flaws.push(...productionFlaws(reading))
  return { law, flaws: sortFlaws(flaws), reading }
}

/** The law, or an error that prints every flaw: how a process starts. Warnings do not stop it. */
export function openLaw(places: LawPlaces): Law {
  const { law, flaws } = loadLaw(places)
  const errors = flaws.filter(isError)
  if (errors.length > 0) throw new LawFlawed(errors)
  return law
}

/** The law cannot be used: what `openLaw` throws. */
export class LawFlawed extends Error {
  readonly flaws: readonly Flaw[]
  constructor(flaws: readonly Flaw[]) {
    super(flaws.map(printFlaw).join('\n'))
    this.name = 'LawFlawed'
    this.flaws = flaws
  }
}

function readFolder(folder: string, as: string, flaws: Flaw[]): Held[] {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    one => one.isFile() && /\.ya?ml$/i.test(one.name),
  )
  return found.flatMap(one => {
    const at = join(one.parentPath, one.name)
    const path = `${as}/${relative(folder, at).split(sep).join('/')}`
    const bytes = readFileSync(at)
    const text = bytes.toString('utf8')
    // A replacement character that the bytes do not hold themselves stands for bytes that are no UTF-8.
    if (!text.includes('\ufffd') || Buffer.from(text, 'utf8').equals(bytes))
      return [{ path, text: text.replace(/^\ufeff/, ''), edition: null }]
    flaws.push(makeFlaw('law.file-not-utf8', path, TOP))
    return []
  })
}

/** The console edits the city's own entries, and may add a year's calendar; the national tables come with the program alone. */
function mayCome(edition: DatabaseEdition, cityFolder: string, held: readonly Held[], flaws: Flaw[]): boolean {
  const isOwn = edition.path.startsWith(`${cityFolder}/`)
  const isNewYear = /^law\/calendar\/\d{4}\.yaml$/.test(edition.path) && !held.some(file => file.path === edition.path)
  if (!isOwn && !isNewYear) flaws.push(makeFlaw('law.database-national', `db:${edition.path}`, TOP, { path: edition.path }))
  if (edition.approvedBy === '') flaws.push(makeFlaw('law.database-not-approved', `db:${edition.path}`, TOP))
  return (isOwn || isNewYear) && edition.approvedBy !== ''
}

function fileOf(held: Held, cityFolder: string): LawFile {
  const origin = held.path.startsWith('law/') ? 'national' : 'city'
  const path = held.path.slice(origin === 'national' ? 'law/'.length : cityFolder.length + 1)
  return { name: held.edition ? `db:${held.path}` : held.path, path, text: held.text, origin, edition: held.edition }
}

const belongs = (shelf: Shelf, origin: LawFile['origin']): boolean => shelf.origin === 'both' || shelf.origin === origin

function readOne(file: LawFile, reading: Reading, flaws: Flaw[]): void {
  reading.files.push(file)
  const shelf = SHELVES.find(one => belongs(one, file.origin) && one.pattern.test(file.path))
  if (shelf) flaws.push(...shelf.read(file, reading))
  else flaws.push(makeFlaw('law.file-unexpected', file.name, TOP, { path: file.path }))
}

function missingFiles(reading: Reading, cityFolder: string, flaws: Flaw[]): void {
  for (const shelf of SHELVES) {
    const origin = shelf.origin === 'city' ? 'city' : 'national'
    const { required } = shelf
    if (required === null || reading.files.some(file => file.origin === origin && file.path === required)) continue
    flaws.push(makeFlaw('law.file-missing', `${origin === 'city' ? cityFolder : 'law'}/${required}`, TOP))
  }
}
