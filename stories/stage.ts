import assert from 'node:assert/strict'
import { type AddressInfo, createServer } from 'node:net'
import { createToken } from '../src/access/accounts.ts'
import { openActivated } from '../src/access/testing.ts'
import type { App } from '../src/app.ts'
import type { Day } from '../src/base/day.ts'
import type { SubjectId } from '../src/base/id.ts'
import { openApiDoor } from '../src/platform/api-door.ts'
import { openPortalDoor } from '../src/platform/portal-door.ts'
import { drainTasks } from '../src/platform/worker.ts'
import { openTestApp, type TestApp, workerOf } from '../src/testing-app.ts'
import { CAST, type CastName, PASSWORD } from './cast.ts'
import { openPlayer, type Player } from './player.ts'

/*
 * Where a story plays: a platform of its own on real PostgreSQL, its API door and its portal door listening with the doors' own logins, the
 * portal in front as on one machine. The worker works when the story says so.
 */

export type Stage = {
  readonly app: App
  readonly test: TestApp
  /** The portal's address, in front of everything. */
  readonly address: string
  /** Nobody in particular: the public. */
  readonly anyone: Player
  as(name: CastName): Player
  /** The account of a firm for itself, opened where it has none. */
  asFirm(subjectId: number, name: string): Promise<Player>
  /** A department's system with a token of its own. */
  asProgram(unit: string): Promise<Player>
  /** The subject of exactly this name, as the portal's search finds it. */
  found(name: string): Promise<number>
  /** Everything that waits in the queue is done, then put in its order in the log. */
  settle(): Promise<void>
  moveTo(to: Day): void
  close(): Promise<void>
}

type Found = { readonly subjectId: number; readonly name: string }

type Setting = { readonly host?: string; readonly secondFactor?: App['city']['secondFactor'] }

export async function openStage({ host = '127.0.0.1', secondFactor = 'optional' }: Setting = {}): Promise<Stage> {
  const test = await openTestApp()
  const port = await freePort()
  const address = `http://${host}:${port}`
  const app: App = { ...test.app, city: { ...test.app.city, secondFactor }, publicUrl: address }
  const api = await openApiDoor(app)
  await api.listen({ port: 0, host: '127.0.0.1' })
  const apiUrl = `http://127.0.0.1:${(api.server.address() as AddressInfo).port}`
  const portal = await openPortalDoor({ databaseUrl: test.portalUrl, apiUrl, publicUrl: address, law: app.law, now: app.now })
  await portal.listen({ port, host: '127.0.0.1' })
  for (const person of Object.values(CAST)) await openActivated(app, { ...person, roles: [person.role], password: PASSWORD })
  const players = new Map<string, Player>()
  const player = (login: string | null, token: string | null = null): Player => {
    const key = login ?? token ?? ''
    const known = players.get(key) ?? openPlayer({ address, login, token, now: app.now, settle: () => drainTasks(workerOf(app)) })
    players.set(key, known)
    return known
  }
  return {
    app,
    test,
    address,
    anyone: player(null),
    as: name => player(CAST[name].login),
    asFirm: async (subjectId, name) => {
      const login = `firm.${subjectId}`
      if (!players.has(login))
        await openActivated(app, {
          login,
          name,
          unit: null,
          roles: ['subject'],
          password: PASSWORD,
          subjectId: subjectId as SubjectId,
        })
      return player(login)
    },
    asProgram: async unit =>
      player(null, (await createToken(app, { name: '业务系统', unit, roles: ['program'], days: 30 })).token),
    found: async name => {
      const { subjects } = (await player(null).get(`/search?q=${encodeURIComponent(name)}`)).json<{ subjects: Found[] }>()
      const one = subjects.find(hit => hit.name === name)
      assert.ok(one, `the portal finds ${name}`)
      return one.subjectId
    },
    settle: () => drainTasks(workerOf(app)),
    moveTo: to => test.setNow(new Date(`${to}T04:00:00Z`)),
    close: async () => {
      await portal.close()
      await api.close()
      await test.close()
    },
  }
}

/** A port that is free now. The portal's address stands in reports, so it is known before the portal is open. */
async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
