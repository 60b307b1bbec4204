import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { SubjectCard } from '../archive/cards.ts'
import { day } from '../base/day.ts'
import type { FactId, SubjectId } from '../base/id.ts'
import { NOTHING_SINCE } from '../disclosure/record.ts'
import { layoutOn } from '../law/law.ts'
import { loadLaw } from '../law/load.ts'
import { inventedUscc } from '../subject/invented.ts'
import { loadWords } from '../words/words.ts'
import { penaltyOf, type TestFact, wageListing } from './archive-testing.ts'
import { composePublic, composeSpecial } from './compose.ts'
import type { Paper, ReportedRecord } from './compose-record.ts'
import { cityInstant, reportNumber } from './issue.ts'
import { ReportModel } from './model.ts'
import { makeVerifyCode } from './verify-code.ts'
import { chosenDomains, specialWindow } from './window.ts'

const ROOT = join(import.meta.dirname, '../..')
const { law } = loadLaw({ lawDir: join(ROOT, 'law'), cityDir: join(ROOT, 'city/example') })
const today = day('2026-11-20')
const subjectId = 10 as SubjectId
const at = new Date('2026-11-20T04:00:00.123Z')
const code = makeVerifyCode()
const card: SubjectCard = {
  subjectId,
  kind: 'enterprise',
  name: '澜川云麓食品有限公司',
  uscc: inventedUscc('enterprise', 7),
  registered: true,
  status: '存续(在营、开业、在册)',
  district: null,
  address: null,
  enterpriseType: null,
  legalRepresentative: null,
  foundedOn: null,
  endedOn: null,
  formerNames: [],
  oldCodes: [],
}
const paper: Paper = {
  law,
  words: loadWords(),
  card,
  merged: [],
  issue: {
    today,
    issuedAt: cityInstant(at, law.city.zone),
    number: reportNumber(at, law.city.zone, 12345),
    code,
    verifyUrl: `https://credit.example/verify/${code}`,
  },
}
const publicLayout = layoutOn(law, 'public', today) ?? assert.fail('no layout')
const specialLayout = layoutOn(law, 'special', today) ?? assert.fail('no layout')
const all = [...law.domains.values()]

let next = 100
function recordOf(fact: TestFact, changes: Partial<ReportedRecord> = {}): ReportedRecord {
  const recordId = next++ as FactId
  const edition = law.items.get(fact.item)?.at(-1)?.inForceFrom ?? ''
  const head = {
    subjectId,
    factId: recordId,
    decidedOn: day(fact.decidedOn),
    item: fact.item,
    edition,
    authority: fact.authority,
    kind: 'record' as const,
    replaces: null,
    knownFrom: at,
    receivedOn: today,
    content: fact.content,
  }
  return { recordId, head, versions: [recordId], ...NOTHING_SINCE, standings: [], told: [], ...changes }
}

const publicOf = (...records: ReportedRecord[]) =>
  composePublic(paper, publicLayout, records, new Set(records.map(record => record.recordId)))
const window3 = { from: day('2023-11-20'), to: day('2026-11-19') }
const specialOf = (...records: ReportedRecord[]) =>
  composeSpecial(paper, specialLayout, records, { window: window3, domains: all, until: null })
const titles = (report: { sections: { records: { title: string }[] }[] }) =>
  report.sections.flatMap(section => section.records.map(record => record.title)).filter(Boolean)

test('M155 · the public report has the sections of the layout in their order, the advice, and eight counts', () => {
  const { report } = publicOf(
    recordOf(penaltyOf(subjectId, '示罚〔2026〕1号', '2026-05-06')),
    recordOf(wageListing(subjectId, '示人社〔2026〕1号', '2026-06-01')),
  )
  ReportModel.parse(report)
  assert.deepEqual(
    report.sections.map(section => section.no),
    ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '附'],
  )
  assert.deepEqual(
    report.summary.map(({ count }) => count),
    [1, 0, 1, 0, 0, 0, 0, 0],
  )
  assert.deepEqual(titles(report), ['行政处罚　示罚〔2026〕1号', '拖欠农民工工资失信联合惩戒对象　示人社〔2026〕1号'])
  assert.equal(report.sections[2]?.emptyText, '查询期内无相关信息')
  assert.deepEqual(report.sections[9]?.paragraphs, [publicLayout.advice])
})

test('M155 · labels say what is in force: status, serious dishonesty; none is a grade', () => {
  assert.deepEqual(publicOf().report.labels, ['存续'])
  assert.deepEqual(publicOf(recordOf(wageListing(subjectId, '1号', '2026-06-01'))).report.labels, ['存续', '严重失信'])
})

test('M155 · a sum stands in the unit of its heading, a day without end is 长期, the subject is not named again', () => {
  const { report } = publicOf(recordOf(penaltyOf(subjectId, '示罚〔2026〕1号', '2026-05-06')))
  const fields = new Map(report.sections[1]?.records[0]?.fields.map(field => [field.name, field.value]))
  assert.equal(fields.get('罚款金额(万元)'), '2.5')
  assert.equal(fields.get('处罚有效期'), '长期')
  assert.equal(fields.has('行政相对人名称'), false)
  const former = publicOf(recordOf(penaltyOf(subjectId, '2号', '2026-05-06', { CF_XDR_MC: '澜川旧名食品有限公司' })))
  assert.ok(former.report.sections[1]?.records[0]?.fields.some(field => field.value === '澜川旧名食品有限公司'))
})

test('M155 · the public report ends with the first of its records, and shows none that the portal does not', () => {
  const early = recordOf(penaltyOf(subjectId, '1号', '2026-05-06', { CF_GSJZQ: '2026-12-31' }))
  const late = recordOf(penaltyOf(subjectId, '2号', '2026-05-07'))
  assert.equal(publicOf(early, late).until, '2026-12-31')
  const { report, recordIds } = composePublic(paper, publicLayout, [early, late], new Set([late.recordId]))
  assert.deepEqual(recordIds, [late.recordId])
  assert.deepEqual(titles(report), ['行政处罚　2号'])
})

test('M098 · minor, annulled and repaired records are not in the public report', () => {
  const minor = recordOf(penaltyOf(subjectId, '1号', '2026-05-06', { CF_SXFL: '轻微' }))
  const annulled = recordOf(penaltyOf(subjectId, '2号', '2026-05-06'), { state: 'annulled' })
  const repaired = recordOf(penaltyOf(subjectId, '3号', '2026-05-06'), { state: 'repaired' })
  assert.deepEqual(titles(publicOf(minor, annulled, repaired).report), [])
})

test('M138 · the special report names every domain, says 未查询到 where there is nothing, and counts minor records', () => {
  const minor = recordOf(penaltyOf(subjectId, '示罚〔2026〕1号', '2026-05-06', { CF_SXFL: '轻微' }))
  const { report, recordIds } = specialOf(minor)
  ReportModel.parse(report)
  assert.equal(report.domains.length, 45)
  assert.equal(report.domains.filter(domain => domain.result === '未查询到违法违规记录').length, 44)
  assert.deepEqual(report.domains.find(domain => domain.count > 0)?.result, '有1条')
  assert.deepEqual(recordIds, [minor.recordId])
  assert.match(report.criminalRecord, /由主管机关另行出具/)
  assert.deepEqual(report.sections[1]?.paragraphs, ['行政处罚：有1条，见明细第1条。'])
})

test('M148 · a repaired violation is not in the special report; one annulled neither', () => {
  for (const state of ['repaired', 'annulled'] as const)
    assert.deepEqual(specialOf(recordOf(penaltyOf(subjectId, '1号', '2026-05-06'), { state })).recordIds, [])
})

test('M139 · a decision not to punish, and one outside the window, are not listed', () => {
  const outside = recordOf(penaltyOf(subjectId, '1号', '2023-11-19'))
  const today1 = recordOf(penaltyOf(subjectId, '2号', '2026-11-20'))
  const inside = recordOf(penaltyOf(subjectId, '3号', '2023-11-20'))
  const spared = recordOf(penaltyOf(subjectId, '4号', '2026-05-06', { CF_CFLB: '其他-不予行政处罚' }))
  assert.deepEqual(specialOf(outside, today1, inside, spared).recordIds, [inside.recordId])
})

test('M151 · a record of a body with two domains stands in both, and counts once in the summary', () => {
  const shared = recordOf({ ...penaltyOf(subjectId, '1号', '2026-05-06'), authority: 'market-regulation' })
  const { report } = specialOf(shared)
  assert.deepEqual(
    report.domains.filter(domain => domain.count > 0).map(domain => domain.name),
    ['市场监管', '知识产权'],
  )
  assert.equal(report.summary[0]?.count, 1)
  assert.ok(report.notes.some(note => note.includes('几个领域')))
})

test('M136 · the subject chooses domains; others are not answered for, and the report says so', () => {
  const chosen = chosenDomains(law.domains, ['taxation', 'education'])
  assert.ok(chosen.ok)
  const penalty = recordOf(penaltyOf(subjectId, '1号', '2026-05-06'))
  const { report, recordIds } = composeSpecial(paper, specialLayout, [penalty], {
    window: window3,
    domains: chosen.value,
    until: null,
  })
  assert.deepEqual(
    report.domains.map(domain => domain.name),
    ['教育', '税务'],
  )
  assert.deepEqual(recordIds, [])
  assert.ok(report.notes.some(note => note.startsWith('本报告只查询上列2个领域')))
  assert.equal(chosenDomains(law.domains, ['astrology']).ok, false)
})

test('every word on the paper has its sentence', () => {
  const penalty = recordOf({ ...penaltyOf(subjectId, '1号', '2026-05-06'), authority: 'market-regulation' }, { contested: true })
  const listing = recordOf(wageListing(subjectId, '2号', '2026-05-06'))
  for (const { report } of [publicOf(penalty, listing), specialOf(penalty, listing)])
    assert.doesNotMatch(JSON.stringify(report), /"report\.[a-z]|\{[a-z]+\}/)
})

test('M145 · the special report is valid for one month from its issue', () => {
  assert.equal(specialOf().report.validUntil, '2026-12-20')
})

const windows = [
  // today, years, from, to
  ['2026-11-20', 1, '2025-11-20', '2026-11-19'],
  ['2026-11-20', 2, '2024-11-20', '2026-11-19'],
  ['2026-11-20', 3, '2023-11-20', '2026-11-19'],
  // A Monday: the working day before is Friday.
  ['2026-11-23', 1, '2025-11-21', '2026-11-20'],
  // The first working day after the National Day holiday of 2026.
  ['2026-10-08', 1, '2025-10-01', '2026-09-30'],
  ['2027-01-01', 1, '2026-01-01', '2026-12-31'],
] as const
for (const [on, years, from, to] of windows)
  test(`M143 · M144 · ${years} years asked for on ${on} are ${from} to ${to}`, () => {
    assert.deepEqual(specialWindow(specialLayout, law.calendar, day(on), years), { ok: true, value: { from, to } })
  })

for (const [on, years, refusal] of [
  ['2026-11-20', 4, 'report.years-unknown'],
  ['2027-01-05', 1, 'report.window-unknown'],
] as const)
  test(`M144 · ${years} years asked for on ${on} are refused: ${refusal}`, () => {
    const answer = specialWindow(specialLayout, law.calendar, day(on), years)
    assert.equal(answer.ok ? '' : answer.code, refusal)
  })

test('RC-1 · the number is the instant in the city, to the millisecond, and five characters', () => {
  assert.equal(cityInstant(at, 'Asia/Shanghai'), '2026-11-20T12:00:00+08:00')
  assert.match(reportNumber(at, 'Asia/Shanghai', 12345), /^20261120120000123[0-9A-Z]{5}$/)
})
