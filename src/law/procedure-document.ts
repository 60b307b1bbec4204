import type { Law } from './law.ts'
import { bases, CONFIDENCE, table } from './print.ts'
import type { Procedure } from './procedure-model.ts'
import { type ReadAct, type ReadClock, type ReadProcedure, readProcedure, type Say, type Sourced } from './procedure-reading.ts'
import type { LimitName } from './procedure-words.ts'

/** `docs/law/procedures.md`: every procedure with the edition in which it is now written. */
export function proceduresDocument(law: Law): string {
  const rows = [...law.procedures.values()].flatMap(editions => {
    const latest = editions.at(-1)
    return latest
      ? [[`[${latest.name}](${documentOf(latest)})`, latest.purpose, latest.inForceFrom, bases(law, latest.basis)]]
      : []
  })
  return `# 办事规程\n\n服务器、按钮、表单、办理进度和门户的说明都出自同一张表（law/procedures/）。\n\n${table(['规程', '办什么', '现行版', '依据'], rows)}`
}

export const documentOf = ({ procedure }: Pick<Procedure, 'procedure'>): string => `procedure-${procedure}.md`

/** `docs/law/procedure-<name>.md`: one procedure, the newest edition first, as a lawyer reads it. */
export function procedureDocument(law: Law, editions: readonly Procedure[], say: Say): string {
  const [latest] = editions.slice(-1)
  const parts = [...editions].reverse().map(edition => editionOf(law, edition, say))
  return `# ${latest?.name ?? ''}\n\n${latest?.purpose ?? ''}\n\n${parts.join('\n')}`
}

const RUNNING = { 'as-begun': '以前开始的案件按开始时的一版办完', 'by-this': '以前开始的案件自本版起按本版办理' } as const

function editionOf(law: Law, edition: Procedure, say: Say): string {
  // The manual is nobody's letter: whom the page calls 您, it names.
  const named: Say = (code, facts) => say(code, facts).replaceAll('您', '信息主体')
  const read = readProcedure(law, edition, edition.inForceFrom, named)
  const { transition } = edition
  const span = `${edition.inForceFrom}起${edition.inForceUntil === null ? '' : `至${edition.inForceUntil}`}`
  const sections = [
    `## ${span}\n\n依据：${sourceText(law, { ...edition, note: edition.note ?? null })}。${RUNNING[transition.running]}（${bases(law, transition.basis)}，${CONFIDENCE[transition.confidence]}）。${edition.several ? '同一事项可以同时有几件。' : ''}\n`,
    `### 走法\n\n${waysOf(read)}`,
    `### 期限\n\n${clockTable(law, read, edition)}`,
    ...limitsOf(law, edition),
    `### 开始\n\n${read.opening.map(act => actText(law, read, act)).join('\n')}`,
    ...read.steps.map(
      (step, index) =>
        `### ${index + 1}. ${step.name}\n\n${step.means}${step.whose}。${step.clocks.map(clock => `“${clock.name}”${clock.isPaused ? '可能停着' : '在走'}。`).join('')}\n\n${step.acts.map(act => actText(law, read, act)).join('\n')}`,
    ),
    `### 办结\n\n${table(
      ['办结', '对主体', '意思'],
      read.ends.map(one => [one.name, one.end, one.means]),
    )}`,
    ...(read.remedies.length > 0 ? [`### 救济\n\n${remedyTable(law, read)}`] : []),
  ]
  return sections.join('\n')
}

const sourceText = (law: Law, { basis, confidence, note }: Omit<Sourced, 'note'> & { note: string | null }): string =>
  `${bases(law, basis)}（${CONFIDENCE[confidence]}）${note === null ? '' : `；${note}`}`

/** Each state with the acts that lead on: the whole procedure at a glance. */
function waysOf(read: ReadProcedure): string {
  const nameOf = (state: string | null): string => [...read.steps, ...read.ends].find(one => one.state === state)?.name ?? '不变'
  const line = (from: string, act: ReadAct): readonly string[] => [from, act.name, act.by.join('、'), nameOf(act.leadsTo)]
  const rows = [
    ...read.opening.map(act => line('（开始）', act)),
    ...read.steps.flatMap(step => step.acts.map(act => line(step.name, act))),
  ]
  return table(['在', '办', '谁办', '到'], rows)
}

function clockTable(law: Law, read: ReadProcedure, edition: Procedure): string {
  const clocks = new Map<string, ReadClock>(read.steps.flatMap(step => step.clocks.map(clock => [clock.clock, clock] as const)))
  const rows = edition.clocks.flatMap(({ clock }) => {
    const one = clocks.get(clock)
    if (!one) return []
    const longer = one.extension
      ? `${one.extension.span}（${bases(law, one.extension.basis)}，${CONFIDENCE[one.extension.confidence]}）`
      : ''
    return [[one.name, one.whose, one.span, one.from, longer, bases(law, one.basis), CONFIDENCE[one.confidence], one.note ?? '']]
  })
  return table(['期限', '谁的', '多长', '起算', '延长', '依据', '可信程度', '说明'], rows)
}

const LIMIT: Readonly<Record<LimitName, string>> = {
  'least-days': '至少几日以后',
  'most-months': '最长几个月',
  'least-left': '至少还有几日',
  'days-to-look': '届满以后几日内核查',
  'days-before-hearing': '听证几个工作日以前送达通知',
}

/** The numbers that its conditions and terms work with; nothing where there are none. */
function limitsOf(law: Law, { limits }: Procedure): string[] {
  const rows = limits.map(one => [
    LIMIT[one.limit],
    String(one.value),
    bases(law, one.basis),
    CONFIDENCE[one.confidence],
    one.note ?? '',
  ])
  return rows.length === 0 ? [] : [`### 数\n\n${table(['数', '值', '依据', '可信程度', '说明'], rows)}`]
}

function actText(law: Law, read: ReadProcedure, act: ReadAct): string {
  const named = (all: ReadAct['fields']): string =>
    all.map(one => `${one.name}${one.isRequired ? '' : '（可以不交）'}`).join('、')
  const state = [...read.steps, ...read.ends].find(one => one.state === act.leadsTo)
  const lines: readonly (readonly [string, string])[] = [
    ['谁办', `${act.by.join('、')}${act.when === null ? '' : `，${act.when}时`}`],
    ['条件', act.conditions.join('；')],
    ['填写', named(act.fields)],
    ['材料', named(act.papers)],
    ['文书', act.letters.join('、')],
    ['效力', act.effects.join('；')],
    ['此后', state?.name ?? '不变'],
    ['依据', `${bases(law, act.basis)}（${CONFIDENCE[act.confidence]}）`],
  ]
  const told = lines.filter(([, value]) => value !== '').map(([label, value]) => `- ${label}：${value}`)
  return `**${act.name}** ${act.does}\n\n${told.join('\n')}\n`
}

function remedyTable(law: Law, read: ReadProcedure): string {
  const rows = read.remedies.map(one => [one.name, one.within, one.letter, bases(law, one.basis), CONFIDENCE[one.confidence]])
  return table(['救济', '自收到文书起', '写在', '依据', '可信程度'], rows)
}
