import { addDays, legalDay } from '../base/day.ts'
import type { SubjectId } from '../base/id.ts'
import type { OutletId } from '../disclosure/outlets.ts'
import { listsOfKind } from '../law/lists.ts'
import { type Caller, type Doors, NOBODY } from './doors.ts'

/*
 * How each outlet of src/disclosure/outlets.ts is asked about a subject. The compiler wants a probe of every outlet, so that a new one cannot
 * be forgotten; an outlet that has no door yet says so here, and a test holds it to that.
 */

export type About = { readonly subjectId: SubjectId; readonly name: string; readonly code: string }

/** What a door answered. */
export type Answered = { readonly statusCode: number; readonly body: string; json<T>(): T }

export type Asked = {
  readonly method?: 'GET' | 'POST'
  readonly url: string
  readonly payload?: object
  readonly headers?: Record<string, string>
}

/** The doors as probes ask them: of this process, or processes of their own. */
export type ProbeDoors = Pick<Doors, 'app' | 'signIn' | 'program' | 'receiverProgram'> & {
  ask(door: 'portal' | 'api', caller: Caller, request: Asked): Promise<Answered>
}

/** Everything that leaves at the outlet about the subject, as one text. */
export type Probe = (doors: ProbeDoors, about: About) => Promise<string>

const REASON = { purpose: '行政许可', businessNo: 'T-1' }

async function texts(doors: ProbeDoors, door: 'portal' | 'api', caller: Caller, urls: readonly string[]): Promise<string> {
  const answers: string[] = []
  for (const url of urls) answers.push(textOf(await doors.ask(door, caller, { method: 'GET', url })))
  return answers.join('\n')
}

function textOf(answer: Answered): string {
  if (answer.statusCode >= 500) throw new Error(`${answer.statusCode}: ${answer.body}`)
  return answer.statusCode < 300 ? answer.body : ''
}

const fromPortal =
  (...urls: readonly ((about: About) => string)[]): Probe =>
  (doors, about) =>
    texts(
      doors,
      'portal',
      NOBODY,
      urls.map(url => url(about)),
    )

/** Pages of one record: its address stays known to whoever has seen it once. */
async function recordPages(doors: ProbeDoors, { subjectId }: About): Promise<string> {
  const records = await doors.app.changes.rows<{ id: number }>({
    text: `select fact_id as id from fact where subject_id = $1 and kind = 'record'`,
    values: [subjectId],
  })
  return await texts(
    doors,
    'portal',
    NOBODY,
    records.map(({ id }) => `/subjects/${subjectId}/records/${id}`),
  )
}

const SECTIONS = ['administration', 'serious-lists', 'abnormal', 'commitments', 'honours', 'ratings', 'other'] as const

/** A report as whoever holds its code gets it; a refusal to issue one is an answer that shows nothing. */
async function reportText(doors: ProbeDoors, caller: Caller, { subjectId }: About, input: object): Promise<string> {
  const issued = await doors.ask('api', caller, { method: 'POST', url: `/api/v1/subjects/${subjectId}/reports`, payload: input })
  const code = issued.statusCode === 201 ? (issued.json() as { code: string }).code : null
  if (code === null) return textOf(issued)
  const accept = { accept: 'application/json' }
  return textOf(await doors.ask('api', caller, { method: 'GET', url: `/api/v1/reports/${code}`, headers: accept }))
}

/** The registers' downloads, a year at a time as the portal gives them, six years back. */
async function registerSets(doors: ProbeDoors): Promise<string> {
  const today = legalDay(doors.app.now(), doors.app.city.zone)
  const urls = Array.from({ length: 6 }, (_, years) => {
    const to = addDays(today, -365 * years)
    return ['penalties', 'licences'].map(name => `/publicity/${name}?format=csv&from=${addDays(to, -364)}&to=${to}`)
  })
  return await texts(doors, 'portal', NOBODY, urls.flat())
}

const query = new URLSearchParams(REASON).toString()

const check = async (doors: ProbeDoors, caller: Caller, { code }: About): Promise<string> =>
  textOf(await doors.ask('api', caller, { method: 'POST', url: '/api/v1/checks', payload: { subject: code, ...REASON } }))

/** Everything that a subject can let a bank see, read under an authorisation made for it. */
async function authorisedText(doors: ProbeDoors, { subjectId }: About, caller: Caller): Promise<string> {
  const { law } = doors.app
  const own = await doors.signIn('self', ['subject'], subjectId)
  const post = async <T>(who: Caller, url: string, payload: object): Promise<T> => {
    const answer = await doors.ask('api', who, { method: 'POST', url: `/api/v1${url}`, payload })
    // A way that is closed shows nothing, whatever stands behind it: that would be no probe.
    if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.body}`)
    return answer.json() as T
  }
  const classes = [...law.authorisableClasses.values()].filter(one => one.report === undefined).map(one => one.id)
  const { businessNo } = REASON
  const made = await post<{ code: string }>(caller, '/authorisation-requests', { purpose: 'loan', businessNo, classes })
  const place = { code: made.code }
  const asked = await post<{ textDigest: string; classes: { id: string; consent: string | null }[] }>(
    own,
    '/authorisation-requests/consultation',
    { place },
  )
  const sensitive = asked.classes.flatMap(one => (one.consent === null ? [] : [one.id]))
  const { textDigest } = asked
  const answer = { answer: 'granted', place, sensitive, textDigest }
  const { authorisationId } = await post<{ authorisationId: number }>(own, '/authorisation-requests/answer', answer)
  const url = `/api/v1/subjects/${subjectId}/authorisations/${authorisationId}/records`
  return textOf(await doors.ask('api', caller, { method: 'POST', url, payload: { businessNo } }))
}

const BANK = 'rural-bank'

export const PROBES = {
  'portal-page': async (doors, about) =>
    `${await fromPortal(
      ({ subjectId }) => `/subjects/${subjectId}`,
      ...SECTIONS.map(
        section =>
          ({ subjectId }: About) =>
            `/subjects/${subjectId}/sections/${section}`,
      ),
    )(doors, about)}\n${await recordPages(doors, about)}`,
  'portal-search': fromPortal(
    ({ name }) => `/search?q=${encodeURIComponent(name)}`,
    ({ code }) => `/search?q=${code}`,
    ({ code }) => `/code/${code}`,
  ),
  'portal-register': async (doors, about) =>
    `${await fromPortal(
      () => '/publicity/penalties',
      () => '/publicity/licences',
      () => '/commitments',
      () => '/honours',
    )(doors, about)}\n${await registerSets(doors)}`,
  'portal-list': async (doors, about) => {
    const lists = listsOfKind(doors.app.law, 'serious')
      .filter(list => list.enabled)
      .map(one => one.list)
    return await fromPortal(...lists.flatMap(list => [() => `/lists/${list}`, () => `/lists/${list}?format=csv`]))(doors, about)
  },
  'portal-announcements': fromPortal(() => '/announcements'),
  'portal-figures': fromPortal(
    () => '/',
    () => '/clocks',
    () => '/lists',
  ),
  // The sets of open data are the downloads of the registers and of the lists.
  'open-data': async (doors, about) => `${await fromPortal(() => '/open-data')(doors, about)}\n${await registerSets(doors)}`,
  'public-report': async (doors, about) =>
    await reportText(doors, await doors.signIn('credit-office', ['credit-office']), about, { kind: 'public' }),
  verify: async doors => {
    const codes = await doors.app.db.rows<{ code: string }>({
      text: 'select code from report_lookup order by report_id desc limit 3',
    })
    const pages = await texts(
      doors,
      'portal',
      NOBODY,
      codes.map(({ code }) => `/verify/${code}`),
    )
    return `${pages}\n${await texts(
      doors,
      'api',
      NOBODY,
      codes.map(({ code }) => `/api/v1/verify/${code}`),
    )}`
  },
  'special-report': async (doors, about) =>
    await reportText(doors, await doors.signIn('self', ['subject'], about.subjectId), about, {
      kind: 'special',
      years: 3,
      ...REASON,
    }),
  account: async (doors, { subjectId }) =>
    await texts(doors, 'api', await doors.signIn('self', ['subject'], subjectId), [
      '/api/v1/rights/own-file',
      '/api/v1/looks/mine?limit=200',
      '/api/v1/reports',
    ]),
  // Shows a request and the records that it may name, to whoever answers it; there is none in these histories.
  rights: async doors =>
    await texts(doors, 'api', await doors.signIn('credit-office', ['credit-office']), ['/api/v1/rights/requests']),
  // A letter says what it said; there is none in these histories.
  case: async doors =>
    await texts(doors, 'api', await doors.signIn('credit-office', ['credit-office']), ['/api/v1/cases', '/api/v1/cases/clocks']),
  notices: async doors => await texts(doors, 'api', await doors.signIn('credit-office', ['credit-office']), ['/api/v1/notices']),
  'console-archive': async (doors, { subjectId }) =>
    await texts(doors, 'api', await doors.signIn('credit-office', ['credit-office']), [
      `/api/v1/subjects/${subjectId}/records?${query}`,
    ]),
  'archive-copy': async (doors, { subjectId }) =>
    await texts(doors, 'api', await doors.signIn('credit-office', ['credit-office']), [
      `/api/v1/subjects/${subjectId}/records?${query}&leaves=paper`,
    ]),
  waiting: async (doors, { subjectId }) => {
    const rows = await doors.app.changes.rows<{ id: number }>({
      text: `select waiting_id as id from waiting_row where subject_id = $1 or evidence @> jsonb_build_object('candidates', jsonb_build_array(jsonb_build_object('subjectId', $1::bigint)))`,
      values: [subjectId],
    })
    const caller = await doors.signIn('credit-office', ['credit-office'])
    return await texts(
      doors,
      'api',
      caller,
      rows.map(({ id }) => `/api/v1/waiting/${id}`),
    )
  },
  // Rows that were refused or warned of: what was filed stands in nobody's faults.
  'delivery-rows': async doors => {
    const rows = await doors.app.db.rows<{ id: number }>({ text: 'select delivery_id as id from delivery' })
    const urls = rows.map(({ id }) => `/api/v1/deliveries/${id}/faults`)
    return await texts(doors, 'api', await doors.signIn('credit-office', ['credit-office']), urls)
  },
  check: async (doors, about) => await check(doors, await doors.signIn('approval', ['window-officer']), about),
  'check-batch': async (doors, { code, name }) => {
    const caller = await doors.signIn('approval', ['window-officer'])
    const payload = { subjects: [code, name], ...REASON }
    return textOf(await doors.ask('api', caller, { method: 'POST', url: '/api/v1/checks/batch', payload }))
  },
  'api-search': async (doors, { name, code }) =>
    await texts(doors, 'api', NOBODY, [`/api/v1/subjects?q=${encodeURIComponent(name)}`, `/api/v1/subjects?q=${code}`]),
  'api-records': async (doors, { subjectId }) =>
    await texts(doors, 'api', await doors.program('approval'), [`/api/v1/subjects/${subjectId}/records?${query}`]),
  'api-check': async (doors, about) => await check(doors, await doors.program('approval'), about),
  'authorised-records': async (doors, about) => await authorisedText(doors, about, await doors.signIn(BANK, ['receiver'])),
  'api-authorised-records': async (doors, about) => await authorisedText(doors, about, await doors.receiverProgram(BANK)),
  export: null,
} as const satisfies Record<OutletId, Probe | null>
