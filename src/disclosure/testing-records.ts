import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { day } from '../base/day.ts'
import { regimeFile } from '../law/disclosure-model.ts'
import { type CatalogueItem, catalogueItem } from '../law/item-model.ts'
import { maskingFile, maskingLaw } from '../law/masking-model.ts'
import type { DisclosedRecord, DisclosureLaw } from './model.ts'

/* Records and their law for the tests of disclosure. */

export const read = (path: string): unknown => parse(readFileSync(new URL(path, import.meta.url), 'utf8'), { schema: 'core' })
export const national = regimeFile.parse(read('../../law/disclosure/regimes.yaml'))
export const sourced = { basis: ['test-act'], confidence: 'proposal' as const }
export const law: DisclosureLaw = {
  ...national,
  masking: maskingLaw(maskingFile.parse(read('../../law/access/masking.yaml'))),
  cityGravity: [
    {
      edition: 'test',
      inForceFrom: day('2019-07-01'),
      thresholds: [
        { domain: '*', generalFrom: 10_000, seriousFrom: 500_000, ...sourced },
        { domain: 'work-safety', generalFrom: 20_000, seriousFrom: 1_000_000, ...sourced },
      ],
    },
  ],
}

export const ID_NUMBER = '860102199001012131'

export function itemOf(given: Record<string, unknown>): CatalogueItem {
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

/** An item that differs in nothing but how long it is shown. */
export const itemShown = (publication: Record<string, unknown>): CatalogueItem =>
  itemOf({ publication: { ...publication, ...sourced } })

export const penalty = itemOf({})
export const listing = itemOf({
  item: 'test-list',
  nature: 'listing',
  publication: { rule: 'while-listed', termMonths: 36, ...sourced },
  report: { section: 'serious-lists', heading: '名单', order: 1, violation: true },
})
export const sharedOnly = itemOf({ disclosure: { mode: 'government', ...sourced } })
export const byAuthorisation = itemOf({ disclosure: { mode: 'authorised', ...sourced } })
export const licence = itemOf({
  effect: 'favourable',
  publication: { rule: 'while-valid', ...sourced },
  report: { section: 'administration', heading: '行政许可', order: 2 },
})

export function recordOf(given: Partial<DisclosedRecord>): DisclosedRecord {
  return {
    item: penalty,
    state: 'standing',
    contested: false,
    comment: null,
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
