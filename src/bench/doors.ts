import { createToken } from '../access/accounts.ts'
import { openSide, type Task } from './child.ts'
import { sampleSubjects } from './city.ts'
import { against, type Figure } from './figure.ts'
import { type Asking, pairedLoad } from './load.ts'
import type { Place } from './place.ts'

const SAMPLE = 2000
const LIMIT = 0.5
const REASON = { purpose: '政府采购', businessNo: 'bench-1' }

export type Pace = { readonly rounds: number; readonly seconds: number }

/** The portal's subject page against a bare route with one indexed look-up. */
export async function measurePage(place: Place, pace: Pace): Promise<Figure[]> {
  const requests = (await sampleSubjects(place, SAMPLE)).map(({ subjectId }) => get(`/subjects/${subjectId}`))
  const settings = { databases: { app: place.logins.portal }, dataDir: place.folder }
  return [await pair('page.subject', { ...settings, task: 'portal' }, { ...settings, task: 'bare-page' }, requests, pace)]
}

/** The doors of the check and of the archive, against a bare route that makes one look-up and one insert in one transaction. */
export async function measureDoors(place: Place, pace: Pace): Promise<Figure[]> {
  await place.admin.run({ text: 'create table bench_look (like look including all)' })
  await place.admin.run({ text: 'grant select, insert on bench_look to credit_app' })
  const { token } = await createToken(place.app, { name: 'bench', unit: 'market-regulation', roles: ['program'], days: 1 })
  const subjects = await sampleSubjects(place, SAMPLE)
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const checks = subjects.map(
    ({ uscc }): Asking => ({
      method: 'POST',
      path: '/api/v1/checks',
      headers,
      body: JSON.stringify({ subject: uscc, ...REASON }),
    }),
  )
  const query = new URLSearchParams({ ...REASON, explain: 'none' })
  const reads = subjects.map(({ subjectId }) => get(`/api/v1/subjects/${subjectId}/records?${query}`, headers))
  const { portal: _, ...databases } = place.logins
  const settings = { databases, dataDir: place.folder }
  const api: Task = { ...settings, task: 'api' }
  const bare: Task = { ...settings, task: 'bare-door' }
  return [await pair('check.single', api, bare, checks, pace), await pair('read.records', api, bare, reads, pace)]
}

function get(path: string, headers: Readonly<Record<string, string>> = {}): Asking {
  const { authorization } = headers
  return { method: 'GET', path, ...(authorization ? { headers: { authorization } } : {}) }
}

async function pair(name: string, ours: Task, bare: Task, requests: readonly Asking[], pace: Pace): Promise<Figure> {
  const one = await openSide(ours)
  const other = await openSide(bare)
  try {
    const sides = [one, other].map(({ address }) => ({ address, requests })) as [
      Parameters<typeof pairedLoad>[0],
      Parameters<typeof pairedLoad>[1],
    ]
    const [value, baseline] = await pairedLoad(...sides, pace.rounds, pace.seconds)
    return against(name, value, 'requests/s', baseline, LIMIT)
  } finally {
    await one.close()
    await other.close()
  }
}
