import { openSubjectDrawing, type SubjectDrawing } from '../../web/portal/pages/subject.ts'
import type { PublicRow, RecordBody } from '../../web/portal/records.ts'
import { openSay, openSayHtml } from '../../web/portal/say.ts'
import { stampOf } from '../../web/portal/stamp.ts'
import { findWhole, listSubjects, type Whole, wholeOf } from '../../web/portal/subject-rows.ts'
import { SYSTEM } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { type Day, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import { CopyRows } from '../db/copy-rows.ts'
import type { Tx } from '../db/database.ts'
import { lockPublication } from './lock.ts'
import type { PublicRecord } from './store.ts'

/*
 * Subjects' pages as the portal sends them, drawn in the transaction that publishes what they show. Whatever takes a record away takes the
 * page away with it (`forgetPages`); until it is drawn anew, the portal draws by itself.
 */

/** A page has some ten to fifty kilobytes: this many are in memory at a time. */
const PAGES_A_COPY = 100
const PAGE = 'pub.subject_page (subject_id, stamp, good_from, good_until, heading, body)'

const drawings = new WeakMap<App, SubjectDrawing>()

function drawingOf(app: App): SubjectDrawing {
  let drawing = drawings.get(app)
  if (!drawing) {
    const { law, city, words } = app
    drawing = openSubjectDrawing({ law, city, say: openSay(words), sayHtml: openSayHtml(words), stamp: stampOf(law, words) })
    drawings.set(app, drawing)
  }
  return drawing
}

/** Draws the pages of subjects whose records these are; the change holds their lock. */
export async function drawPages(
  app: App,
  { tx, today }: Change,
  subjectIds: readonly SubjectId[],
  records: readonly PublicRecord[],
): Promise<void> {
  const rows = Map.groupBy(records.filter(isOnDisplay(today)).map(publicRow), row => row.subjectId)
  for (let i = 0; i < subjectIds.length; i += PAGES_A_COPY) {
    const subjects = await listSubjects(tx, subjectIds.slice(i, i + PAGES_A_COPY))
    const wholes = subjects.map(subject => wholeOf(subject, rows.get(subject.subjectId) ?? []))
    await putPages(app, tx, wholes, today)
  }
}

const isOnDisplay =
  (today: Day) =>
  ({ shownFrom, shownUntil }: PublicRecord): boolean =>
    shownFrom <= today && (shownUntil === null || shownUntil >= today)

function publicRow({ register: _, ...record }: PublicRecord): PublicRow {
  return { ...record, body: record.body as RecordBody }
}

async function putPages(app: App, tx: Tx, wholes: readonly Whole[], today: Day): Promise<void> {
  if (wholes.length === 0) return
  await forgetPages(
    tx,
    wholes.map(({ subject }) => subject.subjectId as SubjectId),
  )
  const drawing = drawingOf(app)
  const pages = new CopyRows()
  pages.open(tx.client, PAGE, () => {
    for (const whole of wholes) writePage(pages, drawing, whole, today)
  })
  await pages.close()
}

/** A page that cannot be drawn is left out: what it shows must still be published, or withdrawn; the portal's own fault names it. */
function drawn(drawing: SubjectDrawing, whole: Whole, today: Day): ReturnType<SubjectDrawing['draw']> | null {
  try {
    return drawing.draw(whole, today)
  } catch (error) {
    process.stderr.write(`page of subject ${whole.subject.subjectId}: ${String(error)}\n`)
    return null
  }
}

function writePage(pages: CopyRows, drawing: SubjectDrawing, whole: Whole, today: Day): void {
  const page = drawn(drawing, whole, today)
  if (!page) return
  const { heading, body, goodUntil } = page
  pages.row(6)
  pages.int8(whole.subject.subjectId)
  pages.text(drawing.stamp)
  pages.day(today)
  if (goodUntil === null) pages.none()
  else pages.day(goodUntil)
  pages.text(heading)
  pages.text(body)
}

/** Takes the drawn pages of subjects away. */
export async function forgetPages(tx: Tx, subjectIds: readonly SubjectId[]): Promise<void> {
  if (subjectIds.length === 0) return
  await tx.run({
    name: 'forget-pages',
    text: 'delete from pub.subject_page where subject_id = any($1::bigint[])',
    values: [subjectIds],
  })
}

/** Draws every page that is missing, over, or of another law, wording or program. Run by the clock, and when the platform starts. */
export async function renewPages(app: App): Promise<void> {
  for (let after = 0; ; ) {
    const today = legalDay(app.now(), app.city.zone)
    const stale = await app.db.rows<{ subject_id: SubjectId }>({
      text: `select s.subject_id from pub.subject s left join pub.subject_page p using (subject_id)
        where s.subject_id > $4 and s.kind <> 'natural-person' and (p.subject_id is null or p.stamp <> $1 or p.good_until < $2) order by s.subject_id limit $3`,
      values: [drawingOf(app).stamp, today, PAGES_A_COPY, after],
    })
    const last = stale.at(-1)
    if (!last) return
    await renewSome(
      app,
      stale.map(row => row.subject_id),
    )
    after = last.subject_id
  }
}

async function renewSome(app: App, subjectIds: readonly SubjectId[]): Promise<void> {
  await change(app, SYSTEM, { deed: 'publication.draw', entity: 'publication' }, async made => {
    await lockPublication(made, subjectIds)
    const wholes: Whole[] = []
    for (const subjectId of subjectIds) {
      const whole = await findWhole(made.tx, subjectId, made.today)
      if (whole) wholes.push(whole)
    }
    await putPages(app, made.tx, wholes, made.today)
    made.tell({ subjects: wholes.length })
  })
}
