import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SYSTEM } from '../access/actor.ts'
import { change } from '../access/change.ts'
import type { App } from '../app.ts'
import type { Day } from '../base/day.ts'
import type { DeliveryId, SubjectId } from '../base/id.ts'
import { type Query, sql } from '../db/database.ts'
import { runLine } from '../intake/line.ts'
import { addCounts, type Counts, noCounts } from '../intake/model.ts'
import { releaseFile } from '../intake/plain-file.ts'
import { receiveDelivery } from '../intake/receive.ts'
import { refreshFigures } from '../publication/figures.ts'
import { publishSubjects } from '../publication/publish.ts'
import type { Queue } from '../queue/queue.ts'
import { openCity } from './city.ts'
import { planCity } from './city-files.ts'
import { type DemoFile, type FileRecord, listFiles, writeDemoFile } from './files.ts'

export type DemoArguments = { readonly subjects: number; readonly records: number; readonly seed: number; readonly day: Day }
export type DemoProgress = {
  readonly step: 'intake' | 'publication'
  readonly done: number
  readonly total: number
  readonly rows: number
}
export type DemoOptions = DemoArguments & {
  readonly onProgress?: (progress: DemoProgress) => void
  /** Stops between two files; a second call goes on. */
  readonly signal?: AbortSignal
}
export type DemoLoaded = DemoArguments & {
  readonly counts: Counts
  readonly files: number
  readonly seconds: { readonly write: number; readonly intake: number; readonly publication: number }
}

/** What `setting` keeps under the name `demo`. */
type Kept = DemoArguments & { readonly state: 'loading' | 'loaded'; readonly counts: Counts; readonly files: number }

/** How the example city was loaded; undefined where it was not begun. */
export async function findDemo(query: Query): Promise<Kept | undefined> {
  const row = await query.row<{ value: Kept }>(sql`select value from setting where name = 'demo'`)
  return row?.value
}

/**
 * Fills an empty platform with the example city: writes each department's file and sends it through the real intake with the clock at the
 * day of its sending, then publishes. Cut off at any moment, a second call completes it with the same counts: the arguments of the first call
 * are kept, a file that was received is known by its hash and its line is run to the end.
 */
export async function loadDemo(app: App, options: DemoOptions): Promise<DemoLoaded> {
  const kept = await begin(app, options)
  const { subjects, records, seed, day } = kept
  const seconds = { write: 0, intake: 0, publication: 0 }
  if (kept.state === 'loaded') return { subjects, records, seed, day, counts: kept.counts, files: kept.files, seconds }
  const plan = planCity(openCity(app.law, { subjects, seed, day }), records)
  const files = listFiles(plan)
  const folder = await openFolder(app)
  const counts = noCounts()
  const sent = new Map<string, number>()
  for (const [at, file] of files.entries()) {
    options.signal?.throwIfAborted()
    const begun = performance.now()
    const record = await writeDemoFile(folder, file)
    const written = performance.now()
    addCounts(counts, await sendFile(app, folder, file, record, at, sent))
    seconds.write += (written - begun) / 1000
    seconds.intake += (performance.now() - written) / 1000
    await rm(join(folder, file.name), { force: true })
    options.onProgress?.({ step: 'intake', done: at + 1, total: files.length, rows: counts.received })
  }
  await rm(folder, { recursive: true, force: true })
  const begun = performance.now()
  await publishAll(at(app, lastMoment(day)), options)
  seconds.publication = (performance.now() - begun) / 1000
  await end(app, { subjects, records, seed, day, state: 'loaded', counts, files: files.length })
  return { subjects, records, seed, day, counts, files: files.length, seconds }
}

async function begin(app: App, { subjects, records, seed, day }: DemoOptions): Promise<Kept> {
  const value: Kept = { subjects, records, seed, day, state: 'loading', counts: noCounts(), files: 0 }
  await app.db.run(sql`insert into setting (name, value) values ('demo', ${JSON.stringify(value)}) on conflict do nothing`)
  return (await findDemo(app.db)) ?? value
}

async function end(app: App, kept: Kept): Promise<void> {
  const { counts, files, day } = kept
  // Figures are of the day on which they are looked at, not of the city's last one.
  await refreshFigures(app)
  await change(app, SYSTEM, { deed: 'demo.loaded', entity: 'system', detail: { files, day, ...counts } }, made =>
    made.tx.run(sql`update setting set value = ${JSON.stringify(kept)} where name = 'demo'`),
  )
}

async function openFolder(app: App): Promise<string> {
  if (!app.config.dataDir) return await mkdtemp(join(tmpdir(), 'mingxin-demo-'))
  const folder = join(app.config.dataDir, 'demo')
  await mkdir(folder, { recursive: true })
  return folder
}

/** Tasks of the line are not queued: publication follows once, for all. */
const noQueue: Queue = { enqueue: async () => undefined }

/** The same platform at another moment. */
function at(app: App, moment: Date): App {
  return { ...app, now: () => moment, queue: noQueue }
}

/** Nine in the morning of the day in the city's time, and a minute later for each further file, so that no two arrive at once. */
function momentOf(day: Day, no: number): Date {
  return new Date(Date.parse(`${day}T01:00:00Z`) + no * 60_000)
}

/** The first second of the city's last day: never in the future of a platform that is started on that day. */
function lastMoment(day: Day): Date {
  return new Date(Date.parse(`${day}T00:00:01+08:00`))
}

async function sendFile(
  app: App,
  folder: string,
  file: DemoFile,
  record: FileRecord,
  no: number,
  sent: Map<string, number>,
): Promise<Counts> {
  const then = at(app, momentOf(file.sentOn, no))
  const nth = sent.get(record.sha256) ?? 0
  sent.set(record.sha256, nth + 1)
  const known = (await deliveriesOf(app, record))[nth]
  const deliveryId = known ?? (await receive(then, folder, file))
  const counts = await runLine(then, deliveryId)
  await releaseFile(then, record.sha256)
  return counts
}

async function receive(app: App, folder: string, file: DemoFile): Promise<DeliveryId> {
  const content = createReadStream(join(folder, file.name))
  const delivery = await receiveDelivery(
    app,
    SYSTEM,
    { source: file.source, channel: 'import', fileName: file.name, content },
    { queue: false },
  )
  return delivery.deliveryId
}

/** Deliveries of the same bytes from the same source, oldest first. */
async function deliveriesOf(app: App, { sha256, source }: FileRecord): Promise<DeliveryId[]> {
  const rows = await app.db.rows<{ delivery_id: DeliveryId }>(
    sql`select delivery_id from delivery where file_hash = ${Buffer.from(sha256, 'hex')} and source = ${source} order by delivery_id`,
  )
  return rows.map(row => row.delivery_id)
}

const SUBJECTS_AT_ONCE = 2000

async function publishAll(app: App, options: DemoOptions): Promise<void> {
  const [{ count = 0 } = {}] = await app.db.rows<{ count: number }>(sql`select count(*) as count from subject_card`)
  let last = 0
  let done = 0
  for (;;) {
    options.signal?.throwIfAborted()
    const rows = await app.db.rows<{ subject_id: SubjectId }>(
      sql`select subject_id from subject_card where subject_id > ${last} order by subject_id limit ${SUBJECTS_AT_ONCE}`,
    )
    if (rows.length === 0) break
    await publishSubjects(
      app,
      rows.map(row => row.subject_id),
    )
    last = rows.at(-1)?.subject_id ?? last
    done += rows.length
    options.onProgress?.({ step: 'publication', done, total: count, rows: done })
  }
}
