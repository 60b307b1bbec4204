import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { SYSTEM } from '../access/actor.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { type LargeFile, writePenaltyFile, writeRegistrationFiles } from '../demo/bench-files.ts'
import { runLine } from '../intake/line.ts'
import { receiveDelivery } from '../intake/receive.ts'
import { publishSubjects } from '../publication/publish.ts'
import { LAST_DAY, type Place, SEED } from './place.ts'

/*
 * The measured city comes about as a real one does: registrars' files and a file of penalties go down the line, and the platform publishes.
 */

/** Registers the city's subjects from the registrars' files, each sent on its day. */
export async function registerCity({ app, folder, admin }: Place, subjects: number): Promise<void> {
  const files = await writeRegistrationFiles({
    law: app.law,
    folder: join(folder, 'registrars'),
    subjects,
    seed: SEED,
    day: LAST_DAY,
  })
  for (const file of files) {
    const then: App = { ...app, now: () => new Date(`${file.sentOn}T01:00:00Z`), queue: { enqueue: async () => undefined } }
    const content = createReadStream(file.path, { highWaterMark: 1024 * 1024 })
    const sending = { source: file.source, channel: 'import' as const, fileName: file.source, content }
    const { deliveryId } = await receiveDelivery(then, SYSTEM, sending, { queue: false })
    await runLine(then, deliveryId)
  }
  await admin.run({ text: 'vacuum analyze' })
  await admin.run({ text: 'checkpoint' })
}

export function penalties({ app, folder }: Place, source: string, rows: number, subjects: number): Promise<LargeFile> {
  const path = join(folder, `${source}-${rows}.csv`)
  return writePenaltyFile({ law: app.law, path, rows, subjects, seed: SEED, day: LAST_DAY, source })
}

const SUBJECTS_AT_ONCE = 2000

/** Publishes everybody, as the worker would after the deliveries. */
export async function publishCity({ app, admin }: Place): Promise<void> {
  for (let last = 0; ; ) {
    const rows = await app.db.rows<{ subject_id: SubjectId }>({
      name: 'bench-next-subjects',
      text: 'select subject_id from subject_card where subject_id > $1 order by subject_id limit $2',
      values: [last, SUBJECTS_AT_ONCE],
    })
    if (rows.length === 0) break
    const subjectIds = rows.map(row => row.subject_id)
    await publishSubjects(app, subjectIds)
    last = subjectIds.at(-1) ?? last
  }
  await admin.run({ text: 'vacuum analyze' })
  await admin.run({ text: 'checkpoint' })
}

/** Subjects spread over the whole city, the same ones in every run. */
export async function sampleSubjects(
  { admin }: Place,
  wanted: number,
): Promise<{ subjectId: number; uscc: string; name: string }[]> {
  return await admin.rows({
    text: `select subject_id as "subjectId", uscc, name from (select *, row_number() over (order by subject_id) as place, count(*) over () as total
      from pub.subject where uscc is not null) s where place % greatest(1, total / $1) = 0 limit $1`,
    values: [wanted],
  })
}
