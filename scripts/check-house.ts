import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Breach, breachLine, unusedPlaces } from './house/breach.ts'
import * as files from './house/check-files.ts'
import * as imports from './house/check-imports.ts'
import { checkReaders } from './house/check-readers.ts'
import { WRITERS } from './house/places.ts'
import { filesUnder, readSources } from './house/source.ts'

/*
 * Whether the house is built as it says: arrows between folders, private files, names, sizes, who writes which table, who reads what is not
 * public, and where
 * transactions, `catch`, the environment, the clock, casts and Chinese may stand. The rules are data: scripts/house/arrows.ts and places.ts.
 * One line a breach: `file:line  rule  sentence`.
 */

const FOLDERS = ['src', 'web', 'scripts', 'stories']
const PLACES = 'scripts/house/places.ts'

/** Everything that is not as it should be. `isWhole`: the lists of exceptions are held against the tree, too. */
export function checkHouse(root: string, isWhole = true): Breach[] {
  const sources = readSources(root, FOLDERS)
  const tables = tablesOf(root)
  const lists = files.placeLists()
  const breaches = [
    ...files.checkParsed(sources),
    ...files.checkNames(sources),
    ...imports.checkArrows(sources),
    ...imports.checkPrivate(sources),
    ...imports.checkCycles(sources),
    ...imports.checkPurity(sources),
    ...files.checkWriters(sources, tables),
    ...checkReaders(sources, isWhole),
    ...files.checkSpots(sources, lists),
    ...files.checkChinese(sources, lists),
    ...(isWhole ? files.checkCasts(sources) : []),
  ]
  if (isWhole) {
    for (const { list, used } of Object.values(lists)) breaches.push(...unusedPlaces(PLACES, list, used))
    breaches.push(...unownedTables(tables))
  }
  return breaches.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
}

function tablesOf(root: string): Set<string> {
  const migrations = filesUnder(root, ['src/db/migrations'], /\.sql$/)
  const sql = migrations.map(file => readFileSync(join(root, file), 'utf8')).join('\n')
  const created = [...sql.matchAll(/^create table (?:if not exists )?([a-z_.]+)/gm)].map(([, name = '']) => name)
  return new Set([...created, 'migration'])
}

function unownedTables(tables: ReadonlySet<string>): Breach[] {
  const breach = (sentence: string): Breach => ({ file: PLACES, line: 1, rule: 'table-owner', sentence })
  const unowned = [...tables].filter(table => !(table in WRITERS)).map(table => breach(`nobody is named who writes ${table}`))
  const gone = Object.keys(WRITERS).filter(table => !tables.has(table))
  return [...unowned, ...gone.map(table => breach(`there is no table ${table}`))]
}

if (import.meta.main) {
  const breaches = checkHouse(join(import.meta.dirname, '..'))
  for (const breach of breaches) console.log(breachLine(breach))
  console.log(breaches.length === 0 ? 'the house is as it says' : `${breaches.length} breaches`)
  process.exitCode = breaches.length === 0 ? 0 : 1
}
