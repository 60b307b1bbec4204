import assert from 'node:assert/strict'
import { OUTLETS, type OutletId } from '../disclosure/outlets.ts'
import { readText } from '../reports/testing.ts'
import type { TestApp } from '../testing-app.ts'
import { type Caller, NOBODY } from './doors.ts'
import { PROBES, type Probe } from './outlet-probes.ts'
import { openRealDoors, type RealDoors } from './real-doors.ts'
import { FOUND, FULL, isIn, type Known, publishedRecord } from './standing-records.ts'

/*
 * What an act of a case takes away, asked for by the clock: real processes, real reports in type, and every outlet asked within one second of the
 * answer that says that the act is done.
 */

export type Clocked = {
  /** Publishes a record, has a case take it away, asks everywhere: none finds it. */
  probe(what: Known['what'], course: Course, decidedOn?: string): Promise<Timed>
  close(): Promise<void>
}

/** How many outlets, papers and pages were asked; when the last of them was first asked, and when everything was answered (ms after the act). */
export type Timed = { readonly asked: number; readonly lastFirstMs: number; readonly lastAnswerMs: number }

type Fields = Readonly<Record<string, string>>
type Officers = { readonly first: Caller; readonly second: Caller; readonly office: Caller }

/** By whom the case is opened, and the acts of its unit up to the one that takes away. */
export type Course = {
  readonly procedure: 'objection' | 'repair'
  readonly lodge: Fields
  readonly acts: readonly (readonly [who: keyof Officers | 'subject', act: string, fields?: Fields])[]
}

const UNITS = { penalty: 'ecology-environment', wage: 'human-resources' } as const
const REASON = { purpose: '行政许可', businessNo: 'T-1' }

export async function openClocked(t: TestApp, serial: number): Promise<Clocked> {
  const doors = await openRealDoors(t)
  let n = serial
  return {
    probe: async (what, course, decidedOn) => {
      doors.renew()
      const known = await publishedRecord(t, what, ++n, decidedOn)
      await assertFoundEverywhere(doors, known)
      const kept = await keepAll(doors, known)
      const took = await takeAway(doors, known, course)
      return await askEverywhere(doors, known, { kept, ...took })
    },
    close: () => doors.close(),
  }
}

/** It is found where it should be, in the text of the paper too: else nothing would be proved by its being gone. */
async function assertFoundEverywhere(doors: RealDoors, known: Known): Promise<void> {
  for (const [outlet, probe] of ALL) {
    const text = await probe(doors, known)
    if (FOUND[known.what].includes(outlet)) assert.ok(isIn(text, known), `${known.what} at ${outlet} before the act`)
  }
}

const ALL = OUTLETS.flatMap(({ outlet }): [OutletId, Probe][] => {
  const probe: Probe | null = PROBES[outlet]
  return probe ? [[outlet, probe]] : []
})

/** What a browser and a reader have kept: pages with what a cache would ask by, and the papers that were handed out. */
type Kept = { readonly pages: readonly KeptPage[]; readonly codes: readonly string[] }
type KeptPage = { readonly url: string; readonly headers: Record<string, string> }

async function keepAll(doors: RealDoors, known: Known): Promise<Kept> {
  const codes: string[] = []
  for (const paper of await papersOf(doors, known)) {
    codes.push(paper.code)
    assert.ok(isIn(paper.text, known), `in the text of the paper before the act`)
  }
  const pages = [`/subjects/${known.subjectId}`, `/subjects/${known.subjectId}/records/${known.recordId}`].map(async url => {
    const { headers, body } = await doors.ask('portal', NOBODY, { method: 'GET', url })
    assert.ok(isIn(body, known), url)
    const stale = {
      'if-none-match': headers.get('etag') ?? '*',
      'if-modified-since': new Date(Date.parse(headers.get('date') ?? '') + 1000).toUTCString(),
    }
    return { url, headers: stale }
  })
  return { pages: await Promise.all(pages), codes }
}

type Paper = { readonly code: string; readonly text: string }

/** Both kinds of report, set in type by the platform, and the text that stands on their pages. */
async function papersOf(doors: RealDoors, { subjectId }: Known): Promise<Paper[]> {
  const office = await doors.signIn('credit-office', ['credit-office'])
  const own = await doors.signIn('self', ['subject'], subjectId)
  const wishes = [
    [office, { kind: 'public' }],
    [own, { kind: 'special', years: 3, ...REASON }],
  ] as const
  return await Promise.all(
    wishes.map(async ([caller, payload]) => {
      const issued = await doors.ask('api', caller, { method: 'POST', url: `/api/v1/subjects/${subjectId}/reports`, payload })
      assert.equal(issued.statusCode, 201, issued.body)
      const { code } = issued.json<{ code: string }>()
      const headers = { accept: 'application/pdf' }
      const { bytes, statusCode } = await doors.ask('api', caller, { method: 'GET', url: `/api/v1/reports/${code}`, headers })
      assert.equal(statusCode, 200)
      // Long values run over the ends of lines.
      return { code, text: (await readText(bytes)).map(item => item.text.replace(/\s/g, '')).join('') }
    }),
  )
}

type Taken = { readonly at: number; readonly caseId: number }

/** The acts of the case over HTTP; the instant of the answer to the last, after its commit. */
async function takeAway(doors: RealDoors, known: Known, { procedure, lodge, acts }: Course): Promise<Taken> {
  const unit = UNITS[known.what]
  const first = await doors.signInAnew(unit, ['case-officer'])
  const second = await doors.signInAnew(unit, ['case-officer'])
  const office = await doors.signIn('credit-office', ['credit-office'])
  const subject = await doors.signIn('self', ['subject'], known.subjectId)
  // The system of another unit has a copy: it has something to confirm.
  const program = await doors.program('approval')
  const reason = new URLSearchParams(REASON).toString()
  await doors.ask('api', program, { method: 'GET', url: `/api/v1/subjects/${known.subjectId}/records?${reason}` })
  const opening = { procedure, act: 'lodge', aboutRef: String(known.recordId), fields: lodge }
  const opened = await doors.ask('api', subject, { method: 'POST', url: '/api/v1/cases/mine', payload: opening })
  assert.equal(opened.statusCode, 201, opened.body)
  const { caseId } = opened.json<{ caseId: number }>()
  const callers = { first, second, office, subject }
  for (const [who, act, fields = {}] of acts) {
    const base = who === 'subject' ? `/api/v1/cases/mine/${caseId}` : `/api/v1/subjects/${known.subjectId}/cases/${caseId}`
    const done = await doors.ask('api', callers[who], { method: 'POST', url: `${base}/steps`, payload: { act, fields } })
    assert.equal(done.statusCode, 200, `${act}: ${done.body}`)
  }
  return { at: performance.now(), caseId }
}

type After = Taken & { readonly kept: Kept }

/** Asks every outlet at once, and whatever somebody kept from before. */
async function askEverywhere(doors: RealDoors, known: Known, { at, kept }: After): Promise<Timed> {
  const first = new Map<string, number>()
  const wasThere: ReadonlySet<string> = new Set(FOUND[known.what])
  const timed = async (what: string, ask: (clocked: RealDoors) => Promise<void>): Promise<void> => {
    let askedAt: number | undefined
    await ask({
      ...doors,
      ask: (...request) => {
        askedAt ??= performance.now() - at
        return doors.ask(...request)
      },
    })
    if (askedAt === undefined) return
    // Where it never stood it is looked for as well, whenever its turn comes.
    if (what in PROBES && !wasThere.has(what)) return
    assert.ok(askedAt < 1000, `${what} was first asked ${askedAt} ms after the act`)
    first.set(what, askedAt)
  }
  await Promise.all([
    ...kept.pages.map(page => timed(page.url, clocked => assertPageGone(clocked, known, page))),
    ...kept.codes.map(code => timed(`the report ${code}`, clocked => assertReportGone(clocked, code))),
    ...ALL.map(([outlet, probe]) => timed(outlet, async clocked => assertGone(outlet, await probe(clocked, known), known))),
    timed('paper', clocked => assertNewPaperWithout(clocked, known)),
    timed('confirmations', clocked => assertConfirmationOpen(clocked, known)),
  ])
  for (const outlet of wasThere) assert.ok(first.has(outlet), `${outlet} was asked`)
  return {
    asked: first.size,
    lastFirstMs: Math.round(Math.max(...first.values())),
    lastAnswerMs: Math.round(performance.now() - at),
  }
}

function assertGone(outlet: OutletId, text: string, known: Known): void {
  if (!FULL.has(outlet)) assert.ok(!isIn(text, known), `${known.what} at ${outlet}`)
}

async function assertPageGone(doors: RealDoors, known: Known, { url, headers }: KeptPage): Promise<void> {
  const answer = await doors.ask('portal', NOBODY, { method: 'GET', url, headers })
  assert.notEqual(answer.statusCode, 304, `${url} is confirmed to a cache`)
  assert.ok(!isIn(answer.body, known), url)
}

/** A paper that was handed out before is served to nobody, in no form, and says what became of it. */
async function assertReportGone(doors: RealDoors, code: string): Promise<void> {
  const office = await doors.signIn('credit-office', ['credit-office'])
  for (const accept of ['application/pdf', 'application/json']) {
    const answer = await doors.ask('api', office, { method: 'GET', url: `/api/v1/reports/${code}`, headers: { accept } })
    assert.notEqual(answer.statusCode, 200, accept)
    assert.notEqual(answer.statusCode, 304, accept)
  }
  const verified = await doors.ask('api', NOBODY, { method: 'GET', url: `/api/v1/verify/${code}` })
  assert.equal(verified.json<{ state: string }>().state, 'superseded')
}

async function assertNewPaperWithout(doors: RealDoors, known: Known): Promise<void> {
  for (const { text } of await papersOf(doors, known)) assert.ok(!isIn(text, known), 'in the text of a paper')
}

type Corrections = { readonly corrections: readonly { readonly subjectId: number }[]; readonly next: string | null }

async function assertConfirmationOpen(doors: RealDoors, { subjectId }: Known): Promise<void> {
  const program = await doors.program('approval')
  let after: string | null = ''
  while (after !== null) {
    const url = `/api/v1/receivers/corrections?limit=100${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`
    const page: Corrections = (await doors.ask('api', program, { url })).json<Corrections>()
    if (page.corrections.some(one => one.subjectId === subjectId)) return
    after = page.next
  }
  assert.fail('whoever has a copy is asked to confirm')
}
