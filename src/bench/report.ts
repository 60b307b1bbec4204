import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chromium, type Page } from 'playwright-core'
import { ANYONE } from '../access/actor.ts'
import type { SubjectId } from '../base/id.ts'
import { issueReport } from '../reports/commands.ts'
import type { PublicReport } from '../reports/model.ts'
import type { IssuedReport } from '../reports/store.ts'
import { against, type Figure, median } from './figure.ts'
import type { Place } from './place.ts'
import { reportPage } from './report-page.ts'

const PAGES = 3
const LIMIT = 6
const ROUNDS = 3

/** Three-page reports a second: composed, set, digested, kept and registered; against a warm browser that prints the same reports from HTML. */
export async function measureReport(place: Place, reports: number, say: (line: string) => void): Promise<Figure[]> {
  const subjectIds = await threePages(place, reports)
  const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
  if (!browserPath || subjectIds.length === 0) {
    say('report.pdf is left out: there is no browser to compare with, or no subject with three pages')
    return []
  }
  const issued: IssuedReport[] = []
  for (const subjectId of subjectIds) issued.push(await issueReport(place.app, ANYONE, subjectId, { kind: 'public' }))
  const pages = await Promise.all(issued.map(async one => reportPage(await modelOf(place, one))))
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  try {
    const tabs = [await browser.newPage(), await browser.newPage()]
    await printAll(tabs, pages)
    const [ours, theirs]: [number[], number[]] = [[], []]
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await rate(subjectIds.length, () => issueAll(place, subjectIds)))
      theirs.push(await rate(pages.length, () => printAll(tabs, pages)))
    }
    return [against('report.pdf', median(ours), 'reports/s', median(theirs), LIMIT)]
  } finally {
    await browser.close()
  }
}

async function rate(count: number, work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return (count * 1000) / (performance.now() - began)
}

/** Two at a time, as the two tabs print: while one is set in type the other is composed or registered. */
async function issueAll({ app }: Place, subjectIds: readonly SubjectId[]): Promise<void> {
  await inTurns([0, 1], subjectIds, async (_, subjectId) => {
    await issueReport(app, ANYONE, subjectId, { kind: 'public' })
  })
}

async function printAll(tabs: readonly Page[], pages: readonly string[]): Promise<void> {
  await inTurns(tabs, pages, async (tab, page) => {
    await tab.setContent(page)
    createHash('sha256')
      .update(await tab.pdf({ format: 'A4', printBackground: true }))
      .digest()
  })
}

async function inTurns<Worker, Job>(
  workers: readonly Worker[],
  jobs: readonly Job[],
  work: (worker: Worker, job: Job) => Promise<void>,
) {
  let next = 0
  await Promise.all(
    workers.map(async worker => {
      while (next < jobs.length) await work(worker, jobs[next++] as Job)
    }),
  )
}

async function modelOf({ app }: Place, { modelHash }: IssuedReport): Promise<PublicReport> {
  return JSON.parse((await app.files.read(modelHash)).toString('utf8')) as PublicReport
}

/** Subjects whose report has three pages, found by how many records they show. */
async function threePages({ app, admin }: Place, wanted: number): Promise<SubjectId[]> {
  const rows = await admin.rows<{ subject_id: SubjectId; records: number }>({
    text: `select min(subject_id) as subject_id, records from (select subject_id, count(*) as records from pub.record group by subject_id) c
      where records < 40 group by records order by records`,
  })
  for (const { subject_id: subjectId, records } of rows) {
    const { pages } = await issueReport(app, ANYONE, subjectId, { kind: 'public' })
    if (pages < PAGES) continue
    if (pages > PAGES) break
    const like = await admin.rows<{ subject_id: SubjectId }>({
      text: 'select subject_id from pub.record group by subject_id having count(*) = $1 order by subject_id limit $2',
      values: [records, wanted],
    })
    return like.map(row => row.subject_id)
  }
  return []
}
