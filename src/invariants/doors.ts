import { randomUUID } from 'node:crypto'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { openPortal } from '../../web/portal/open-portal.ts'
import type { Role } from '../access/actor.ts'
import { openTestAccount } from '../access/testing.ts'
import type { App } from '../app.ts'
import type { SubjectId } from '../base/id.ts'
import { sql } from '../db/database.ts'
import type { LogLines } from '../http/log.ts'
import { hashToken, newToken, SESSION_COOKIE } from '../http/session.ts'
import { openApiDoor } from '../platform/api-door.ts'
import type { RenderedReport } from '../reports/typesetter.ts'
import type { TestApp } from '../testing-app.ts'

// The two doors of a test's platform, asked as a browser or a program asks them. The portal has its own login, which sees only `pub`.

/** Who asks: nobody, an account of a unit, a subject's own account, or a program. */
export type Caller = { readonly headers: Readonly<Record<string, string>> }
export const NOBODY: Caller = { headers: {} }

export type Doors = {
  readonly app: App
  readonly portal: FastifyInstance
  readonly api: FastifyInstance
  /** Signs an account in at the present instant; the sitting is over when the clock is moved by an hour. */
  signIn(unit: string, roles: readonly Role[], subjectId?: SubjectId): Promise<Caller>
  program(unit: string): Promise<Caller>
  /** A bank's own system. */
  receiverProgram(unit: string): Promise<Caller>
  ask(door: 'portal' | 'api', caller: Caller, request: InjectOptions): Promise<LightMyRequestResponse>
  close(): Promise<void>
}

/** Opens the doors. Reports are composed and registered as ever, but not set in type: a page of type takes longer than all the rest. */
export async function openDoors(t: TestApp, log?: LogLines): Promise<Doors> {
  const render = async (): Promise<RenderedReport> => ({ pdf: Buffer.from(`%PDF ${randomUUID()}`), pages: 1, warnings: [] })
  const app: App = { ...t.app, renderer: { render, renderLetters: render, close: async () => undefined } }
  const { law, words, city, now } = app
  const api = await openApiDoor(app, log)
  // A test that takes a right away expects the faults that the door would log.
  if (!log) api.log.level = 'silent'
  const portal = await openPortal({ databaseUrl: t.portalUrl, law, words, city, publicUrl: app.publicUrl, now, poolSize: 2 })
  const signIn = async (unit: string, roles: readonly Role[], subjectId: SubjectId | null = null): Promise<Caller> => {
    const id = await openTestAccount(app, { unit, roles, subjectId })
    const token = newToken('test')
    await app.changes.run(sql`insert into session (token_hash, session_id, account_id, csrf, made_at, seen_at, ends_at, stage, assurance, fresh_at, device, network)
      values (${hashToken(token)}, ${id}, ${id}, 'csrf', ${now()}, ${now()}, ${new Date(now().getTime() + 3_600_000)}, 'whole', 'two-factor', ${now()}, '', '')`)
    return { headers: { cookie: `${SESSION_COOKIE}=${token}`, 'x-csrf': 'csrf' } }
  }
  const program = async (unit: string, role = 'program'): Promise<Caller> => {
    const token = newToken('test')
    await app.changes.run(sql`insert into access_token (token_hash, token_id, name, unit, roles, made_at)
      values (${hashToken(token)}, ${await app.ids.next()}, '业务系统', ${unit}, ${[role]}, ${now()})`)
    return { headers: { authorization: `Bearer ${token}` } }
  }
  return {
    app,
    portal,
    api,
    signIn,
    program: unit => program(unit),
    receiverProgram: unit => program(unit, 'receiver'),
    ask: (door, caller, request) =>
      (door === 'portal' ? portal : api).inject({ ...request, headers: { ...request.headers, ...caller.headers } }),
    close: async () => {
      await portal.close()
      await api.close()
    },
  }
}
