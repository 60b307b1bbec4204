import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { parse } from 'yaml'
import { addDays, type Day, day } from '../base/day.ts'
import { regimeFile } from '../law/disclosure-model.ts'
import { type CatalogueItem, catalogueItem } from '../law/item-model.ts'
import { disclose } from './disclose.ts'
import {
  type Audience,
  type DisclosedRecord,
  type Disclosure,
  type DisclosureContext,
  type DisclosureLaw,
  RECORD_STATES,
} from './model.ts'

const read = (path: string): unknown => parse(readFileSync(new URL(path, import.meta.url), 'utf8'), { schema: 'core' })
const national = regimeFile.parse(read('../../law/disclosure/regimes.yaml'))
const sourced = { basis: ['test-act'], confidence: 'proposal' as const }
const law: DisclosureLaw = {
  ...national,
  cityGravity: [
    {
      edition: 'test',
      inForceFrom: day('2019-07-01'),
      thresholds: [{ domain: '*', generalFrom: 10_000, seriousFrom: 500_000, ...sourced }],
    },
  ],
}

const ID_NUMBER = '860102199001012131'

function itemOf(given: Record<string, unknown>): CatalogueItem {
  return catalogueItem.parse({
    item: 'test-item',
    name: '测试事项',
    class: '03',
    nature: 'decision',
    effect: 'adverse',
    subjects: ['enterprise', 'natural-person'],
    ...sourced,
    inForceFrom: '2015-01-01',
    disclosure: { mode: 'public', ...sourced },
    publication: { rule: 'by-regime', ...sourced },
    clocks: { report: { workingDays: 7, ...sourced }, publish: null },
    retention: { years: 5, ...sourced },
    roles: { subjectName: 'MC', decidedOn: 'RQ', documentNumber: ['WSH'] },
    fields: [
      { code: 'MC', name: '名称', type: 'name', public: true },
      { code: 'WSH', name: '文号', type: 'document-number', public: true },
      { code: 'RQ', name: '日期', type: 'day', public: true },
      { code: 'FR', name: '法定代表人', type: 'person-name', public: true, mask: 'person-name' },
      { code: 'ZJHM', name: '证件号码', type: 'id-number', public: true },
      { code: 'SS', name: '违法事实', type: 'text', public: true, mask: 'free-text' },
      { code: 'BZ', name: '备注', type: 'text' },
    ],
    report: { section: 'administration', heading: '行政处罚', order: 1, violation: true },
    ...given,
  })
}

const penalty = itemOf({})
const listing = itemOf({
  item: 'test-list',
  nature: 'listing',
  publication: { rule: 'while-listed', termMonths: 36, ...sourced },
  report: { section: 'serious-lists', heading: '名单', order: 1, violation: true },
})
const sharedOnly = itemOf({ disclosure: { mode: 'government', ...sourced } })
const byAuthorisation = itemOf({ disclosure: { mode: 'authorised', ...sourced } })
const licence = itemOf({
  effect: 'favourable',
  publication: { rule: 'while-valid', ...sourced },
  report: { section: 'administration', heading: '行政许可', order: 2 },
})

function recordOf(given: Partial<DisclosedRecord>): DisclosedRecord {
  return {
    item: penalty,
    state: 'standing',
    contested: false,
    subjectKind: 'enterprise',
    decidedOn: day('2026-05-06'),
    validUntil: null,
    shownUntil: null,
    removedOn: null,
    penaltyKinds: ['罚款'],
    procedure: 'ordinary',
    gravity: 'general',
    fineYuan: 50_000,
    domains: ['ecology-environment'],
    fields: {
      MC: '甲有限公司',
      WSH: '澜环罚〔2026〕3号',
      RQ: '2026-05-06',
      FR: '欧阳测试',
      ZJHM: ID_NUMBER,
      SS: `当事人身份证号${ID_NUMBER}，罚款50000元`,
      BZ: '内部',
    },
    ...given,
  }
}

const TODAY = day('2026-11-21')
const looked: DisclosureContext = {
  day: TODAY,
  purpose: '行政许可审查',
  window: { from: day('2023-11-20'), to: day('2026-11-20') },
}
const ask = (record: DisclosedRecord, audience: Audience, context: Partial<DisclosureContext> = {}): Disclosure =>
  disclose(law, record, audience, { ...looked, ...context })
const anyDay = fc.integer({ min: 0, max: 4_500 }).map(count => addDays(day('2018-01-01'), count))
const maybeDay = fc.option(anyDay, { nil: null })
const anyRecord: fc.Arbitrary<DisclosedRecord> = fc
  .record({
    item: fc.constantFrom(penalty, listing, sharedOnly, byAuthorisation, licence),
    state: fc.constantFrom(...RECORD_STATES),
    contested: fc.boolean(),
    subjectKind: fc.constantFrom('enterprise' as const, 'sole-trader' as const, 'natural-person' as const),
    decidedOn: anyDay,
    validUntil: maybeDay,
    shownUntil: maybeDay,
    removedOn: maybeDay,
    penaltyKinds: fc.subarray(['警告', '罚款', '吊销许可证件', '其他-责令改正']),
    procedure: fc.constantFrom('simple' as const, 'ordinary' as const, null),
    gravity: fc.constantFrom('minor' as const, 'general' as const, 'serious' as const, null),
    fineYuan: fc.option(fc.nat(1_000_000), { nil: null }),
    domains: fc.subarray(['market-regulation', 'finance']),
  })
  .map(recordOf)
const isPublic = (record: DisclosedRecord, on: Day): boolean => ask(record, 'public', { day: on }).shown

test('invariant 4 · to the public: no natural person, nothing that does not stand, no minor penalty', () => {
  fc.assert(
    fc.property(anyRecord, anyDay, (record, on) => {
      if (!isPublic(record, on)) return
      assert.notEqual(record.subjectKind, 'natural-person')
      assert.equal(record.state, 'standing')
      assert.equal(record.item.disclosure.mode, 'public')
      if (record.item.publication.rule === 'by-regime' && on >= '2026-04-01') assert.notEqual(record.gravity, 'minor')
    }),
    { numRuns: 3_000 },
  )
})

test('invariant 3 · a record never becomes public again after its end', () => {
  fc.assert(
    fc.property(anyRecord, anyDay, fc.nat(2_000), (record, on, ahead) => {
      fc.pre(on >= record.decidedOn)
      return isPublic(record, on) || !isPublic(record, addDays(on, ahead))
    }),
    { numRuns: 3_000 },
  )
})

test('invariant 4 · the public report is the portal, word for word', () => {
  fc.assert(
    fc.property(anyRecord, anyDay, (record, on) =>
      assert.deepEqual(ask(record, 'public', { day: on }), ask(record, 'public-report', { day: on })),
    ),
    { numRuns: 1_000 },
  )
})

test('invariant 3 · what is repaired, annulled, corrected or suspended is in no report and no check', () => {
  fc.assert(
    fc.property(anyRecord, anyDay, (record, on) => {
      fc.pre(record.state !== 'standing')
      for (const audience of ['public', 'public-report', 'special-report', 'officer'] as const)
        assert.equal(ask(record, audience, { day: on }).shown, false)
    }),
    { numRuns: 1_000 },
  )
})
