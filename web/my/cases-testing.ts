import assert from 'node:assert/strict'
import { after, afterEach, before } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Actor } from '../../src/access/actor.ts'
import { openActivated } from '../../src/access/testing.ts'
import type { FactId, SubjectId } from '../../src/base/id.ts'
import type { CaseId } from '../../src/cases/model.ts'
import { openApiDoor } from '../../src/platform/api-door.ts'
import { openTestSubjects, penaltyOf, publishTestFacts } from '../../src/reports/archive-testing.ts'
import { inventedUscc } from '../../src/subject/invented.ts'
import { actorFor, openTestApp, TEST_NOW, type TestApp } from '../../src/testing-app.ts'
import { openVisitor, plain, type Visited, type Visitor } from './testing.ts'

/* Firms with a record each, signed in without a browser: for the tests of their cases. */

export const PASSWORD = 'wo-de-yi-yi-1'
const UNIT = 'urban-management'
export const officer: Actor = { ...actorFor(UNIT, 'case-officer'), id: 'account:31' }
export const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(2000, 7)])

export type Firm = {
  readonly subjectId: SubjectId
  readonly record: FactId
  readonly documentNo: string
  readonly visitor: Visitor
  readonly login: string
}

export type CaseTests = {
  readonly platform: TestApp
  /** A firm with a penalty of that day. */
  firm(decidedOn?: string): Promise<Firm>
  signIn(login: string, back?: string): Promise<Visitor>
}

/** Opens a platform before the tests of a file; its day is the same again after each of them. */
export function caseTests(): CaseTests {
  let platform: TestApp | undefined
  let http: FastifyInstance | undefined
  let made = 0
  const opened = (): { platform: TestApp; http: FastifyInstance } => {
    if (!platform || !http) throw new Error('the platform is open while tests run')
    return { platform, http }
  }
  before(async () => {
    platform = await openTestApp()
    http = await openApiDoor(platform.app)
  })
  afterEach(() => platform?.setNow(TEST_NOW))
  after(async () => {
    await http?.close()
    await platform?.close()
  })
  const signIn = async (login: string, back = '/my'): Promise<Visitor> => {
    const visitor = openVisitor(opened().http)
    await visitor.open(back)
    const inside = await visitor.send('/signin', { login, password: PASSWORD })
    assert.notEqual(inside.path, '/signin', plain(inside.html))
    return visitor
  }
  return {
    get platform() {
      return opened().platform
    },
    signIn,
    firm: async (decidedOn = '2026-05-06') => {
      made += 1
      const { app } = opened().platform
      const [one] = await openTestSubjects(app, [
        { name: `澜川示例${made}有限公司`, uscc: inventedUscc('enterprise', 500 + made) },
      ])
      const subjectId = one as SubjectId
      const documentNo = `示罚〔2026〕${made}号`
      const [record] = await publishTestFacts(app, [penaltyOf(subjectId, documentNo, decidedOn)])
      const login = `firm.${made}`
      await openActivated(app, { login, name: login, unit: null, roles: ['subject'], password: PASSWORD, subjectId })
      return { subjectId, record: record as FactId, documentNo, visitor: await signIn(login), login }
    },
  }
}

export function says(page: Visited, ...parts: readonly (string | RegExp)[]): void {
  const text = plain(page.html)
  for (const part of parts) assert.ok(typeof part === 'string' ? text.includes(part) : part.test(text), `${part}: ${text}`)
}

/** An objection, question by question, up to its receipt. */
export async function lodged({ visitor, record }: Firm): Promise<{ page: Visited; caseId: CaseId }> {
  const address = `/my/objections/new?record=${record}`
  await visitor.open(address)
  await visitor.send(address, { answer: 'content', do: 'answer' })
  await visitor.send(address, { answer: '罚款数额应为一万元', do: 'answer' })
  await visitor.sendFiles(address, { do: 'answer' }, [])
  await visitor.send(address, { answer: '', do: 'answer' })
  const page = await visitor.send(address, { do: 'send' })
  return { page, caseId: Number(/\/my\/cases\/(\d+)/.exec(page.path)?.[1]) as CaseId }
}
