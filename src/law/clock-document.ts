import type { ObjectionClocks, ObjectionStep, ObjectionTerm } from './clock-model.ts'
import type { Law } from './law.ts'
import { bases, CONFIDENCE, table } from './print.ts'

/** What has a term, as a page names it. */
export const STEP_NAMES: Readonly<Record<ObjectionStep, string>> = {
  mark: '标注异议',
  'own-scope': '自己能核查的办结',
  forward: '转给提供单位',
  provider: '提供单位核查',
  'with-provider': '需要别的单位核实的办结',
  extension: '延长',
  longest: '连延长在内最长',
  remove: '收到撤销、变更以后删除',
  'report-change': '决定撤销、变更以后报送',
  repair: '修复决定',
  'repair-extension': '修复决定的延长',
}

const UNITS = { working: '个工作日', calendar: '日', months: '个月', years: '年' } as const

/** 3个工作日, 1个月, 当即. */
export function termText({ count, unit, dayOff }: Pick<ObjectionTerm, 'count' | 'unit' | 'dayOff'>): string {
  if (count === 'at-once') return '当即'
  return `${count}${UNITS[unit]}${dayOff === 'moves' ? '，末日遇放假顺延' : ''}`
}

/** `docs/law/clocks.md`: the terms of objections place by place, and by which this city goes. */
export function clocksDocument(law: Law): string {
  const sets = law.clocks.objection.map(set => `## ${set.name}\n\n${setDocument(law, set)}`)
  const chosen = law.clocks.objection.find(one => one.set === law.clocks.objectionSet)?.name ?? law.clocks.objectionSet
  const lead = `${law.city.name}用“${chosen}”一套。日数按国务院办公厅的放假通知数工作日，当日不计入，见[calendar.md](calendar.md)。`
  return `# 异议办理时限\n\n${lead}\n\n${sets.join('\n')}`
}

function setDocument(law: Law, { inForceFrom, inForceUntil, steps, transfer, note }: ObjectionClocks): string {
  const rows = steps.map(one => [
    STEP_NAMES[one.step],
    termText(one),
    bases(law, one.basis),
    CONFIDENCE[one.confidence],
    one.note ?? '',
  ])
  const passed = transfer.starts === 'anew' ? '转给别的单位的，对方重新起算。' : '转给别的单位的，接着算。'
  const span = `${inForceFrom}起${inForceUntil === null ? '' : `至${inForceUntil}`}。`
  return `${span}${passed}${note === undefined ? '' : `${note}。`}\n\n${table(['事项', '期限', '依据', '可信程度', '说明'], rows)}`
}
