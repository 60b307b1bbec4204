import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { writeBook } from '../demo/workbook.ts'
import { runChild } from './child.ts'
import { penalties } from './city.ts'
import { type Figure, within } from './figure.ts'
import type { Place } from './place.ts'

const ROWS_A_SECOND = 25_000
const MEMORY_MEGABYTES = 400
const SOURCE = 'market-penalty'

/** A workbook of penalties read, checked and copied to a staging table. */
export async function measureXlsx(place: Place, rows: number, subjects: number): Promise<Figure[]> {
  const { path } = await penalties(place, SOURCE, rows, subjects)
  const book = join(place.folder, 'penalties.xlsx')
  await pipeline(Readable.from(await bookOf(path)), createWriteStream(book))
  await place.admin.run({ text: 'create table bench_staging (row_no bigint not null, content text)' })
  await place.admin.run({ text: 'grant insert on bench_staging to credit_app' })
  await place.admin.run({ text: 'checkpoint' })
  const staged = await runChild({
    task: 'stage',
    databases: { app: place.logins.app },
    dataDir: place.folder,
    path: book,
    source: SOURCE,
  })
  await place.admin.run({ text: 'drop table bench_staging' })
  if (staged.rows !== rows) throw new Error(`${staged.rows} rows were read, ${rows} were written`)
  return [
    within('xlsx.staging', rows / staged.seconds, 'rows/s', ROWS_A_SECOND, 'more'),
    within('xlsx.memory.peak', staged.peakMegabytes, 'MB', MEMORY_MEGABYTES, 'less'),
  ]
}

/** The same rows as the file of text; its cells hold no delimiter. */
async function bookOf(path: string): Promise<AsyncGenerator<Buffer>> {
  const lines: string[] = []
  for await (const line of createInterface({ input: createReadStream(path) })) lines.push(line)
  const [heading = '', ...rows] = lines
  const headings = heading.split(',')
  function* cells(): Generator<string[]> {
    for (const line of rows) yield line.split(',')
  }
  return writeBook({
    sheet: '处罚',
    titles: ['行政处罚信息'],
    headings,
    shapes: headings.map(() => 'text' as const),
    rows: cells(),
  })
}
