import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { openDatabase, type Query } from '../../src/db/database.ts'
import { testDatabase } from '../../src/db/testing.ts'
import type { Law } from '../../src/law/law.ts'
import { openLaw } from '../../src/law/load.ts'
import { nameBigrams } from '../../src/subject/name.ts'
import { loadWords } from '../../src/words/words.ts'
import { openPortal } from './open-portal.ts'
import type { PublicRow } from './records.ts'

/* A portal of a test's own: real PostgreSQL, a login that sees schema `pub` and nothing else, a clock the test moves. */

const LOGIN = 'mingxin_test_portal'
const PASSWORD = 'test-only'
const ROOT = join(import.meta.dirname, '../..')

export const TEST_DAY = '2026-11-20'
export const words = loadWords()

let law: Law | undefined

/** The law of the example city, read once. */
export function exampleLaw(): Law {
  law ??= openLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
  return law
}

export type TestPortal = {
  readonly http: FastifyInstance
  /** The owner: writes what publication would write. */
  readonly owner: Query
  readonly portalUrl: string
  /** Noon of a day in the city's zone. */
  setDay(day: string): void
  close(): Promise<void>
}

export async function openTestPortal(): Promise<TestPortal> {
  const database = await testDatabase()
  const owner = openDatabase(database.superuserUrl, { max: 2 })
  await owner.run({
    text: `do $$ begin create role ${LOGIN} login password '${PASSWORD}'; exception when duplicate_object or unique_violation then null; end $$`,
  })
  await owner.run({
    text: `do $$ begin grant credit_portal to ${LOGIN}; exception when internal_error or unique_violation then null; end $$`,
  })
  const url = new URL(database.url)
  url.username = LOGIN
  url.password = PASSWORD
  let today = TEST_DAY
  const http = await openPortal({
    databaseUrl: url.href,
    law: exampleLaw(),
    words,
    city: exampleLaw().city,
    publicUrl: 'http://xinyong.invalid',
    now: () => new Date(`${today}T04:00:00Z`),
    exampleDay: TEST_DAY,
    poolSize: 4,
  })
  return {
    http,
    owner,
    portalUrl: url.href,
    setDay: day => {
      today = day
    },
    close: async () => {
      await http.close()
      await owner.close()
      await database.drop()
    },
  }
}

export type GivenSubject = {
  readonly subjectId: number
  readonly name: string
  readonly uscc?: string | null
  readonly kind?: string
  readonly status?: string
  readonly district?: string
  readonly formerNames?: readonly { name: string; from: string | null; until: string | null }[]
  readonly oldCodes?: readonly string[]
}

/** Writes a subject as publication does. */
export async function putSubject(owner: Query, given: GivenSubject): Promise<void> {
  const { formerNames = [], oldCodes = [] } = given
  const texts = [given.name, ...formerNames.map(one => one.name), ...oldCodes]
  const card = {
    ...{ registered: true, enterpriseType: '有限责任公司', legalRepresentative: '某甲', endedOn: null, formerNames, oldCodes },
    address: '澜川市栖澜区听澜路8号',
  }
  await owner.run({
    text: `insert into pub.subject (subject_id, name, uscc, kind, status, district, founded_on, card, grams, made_at)
      values ($1, $2, $3, $4, $5, $6, '2015-04-01', $7, array_to_tsvector($8::text[]), '2026-11-19T22:00:00Z')`,
    values: [
      given.subjectId,
      given.name,
      given.uscc ?? null,
      given.kind ?? 'enterprise',
      given.status ?? '存续',
      given.district ?? '860102',
      JSON.stringify(card),
      [...new Set(texts.flatMap(nameBigrams))],
    ],
  })
}

export type GivenRecord = Partial<Omit<PublicRow, 'body'>> & {
  readonly recordId: number
  readonly subjectId: number
  readonly register?: 'licences' | 'penalties' | null
  readonly body?: Partial<PublicRow['body']>
}

const PENALTY = {
  ...{ item: 'penalty-org', section: 'administration', register: 'penalties', list: null, heading: '行政处罚' },
  ...{ title: '未按规定公示年度报告', subjectName: '', uscc: null, documentNo: '澜市监罚〔2026〕1号' },
  ...{ authority: 'market-regulation', authorityName: '澜川市市场监督管理局', district: '860102', sortKind: '罚款' },
  ...{ decidedOn: '2026-11-02', shownFrom: '2026-11-02', shownUntil: '2027-11-02', lateDays: 0 },
} as const

const BODY = {
  fields: [
    { code: 'CF_WFXW', name: '违法行为类型', value: '未按规定公示年度报告' },
    { code: 'CF_NR', name: '处罚内容', value: '罚款1万元' },
  ],
  because: [{ code: 'publication.end-by-regime', basis: 'ndrc-36', regime: 'R-36', facts: { months: 12, until: '2027-11-02' } }],
  marks: ['displayed'],
  receivedOn: '2026-11-06',
}

/** Writes a record as publication does: a penalty on display, unless the test says otherwise. */
export async function putRecord(owner: Query, given: GivenRecord): Promise<void> {
  const row = { ...PENALTY, ...given }
  await owner.run({
    text: `insert into pub.record (subject_id, record_id, item, section, register, list, heading, title, subject_name, uscc, document_no, authority, authority_name,
        district, sort_kind, decided_on, shown_from, shown_until, late_days, body, made_at)
      select $1, $2, $3, $4, $5, $6, $7, $8, coalesce((select name from pub.subject where subject_id = $1), $9), (select uscc from pub.subject where subject_id = $1),
        $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, now()`,
    values: [
      ...[row.subjectId, row.recordId, row.item, row.section, row.register, row.list, row.heading, row.title, row.subjectName],
      ...[row.documentNo, row.authority, row.authorityName, row.district, row.sortKind, row.decidedOn, row.shownFrom],
      ...[row.shownUntil, row.lateDays, JSON.stringify({ ...BODY, ...given.body })],
    ],
  })
}
