import { type CampaignLaw, campaignsOf } from './campaign-model.ts'
import type { Law } from './law.ts'
import { bases, CONFIDENCE, SUBJECTS, table } from './print.ts'

/** `docs/law/campaigns.md`: for which problems, of which cases, with which goals a campaign may be held. */
export function campaignsDocument(law: Law): string {
  const rules = campaignsOf(law)
  const source = (one: { basis: readonly string[]; confidence: keyof typeof CONFIDENCE }): string[] => [
    bases(law, one.basis),
    CONFIDENCE[one.confidence],
  ]
  const themes = [...rules.themes.values()].map(one => [one.name, one.means, ...source(one)])
  const goals = rules.goals.map(one => [one.name, ...source(one)])
  const limits = limitsOf(law, rules).map(([what, said, one]) => [what, said, ...source(one)])
  return [
    '# 专项治理\n\n专项治理是一批案件的集合，不是处罚的依据：每个主体仍有自己的案件、文书和期限，不因此多公开、多限制一件事。\n',
    `## 主题\n\n${table(['主题', '指什么', '依据', '可信程度'], themes)}`,
    `## 工作目标\n\n${table(['目标', '依据', '可信程度'], goals)}`,
    `## 规则\n\n${table(['规则', '内容', '依据', '可信程度'], limits)}`,
  ].join('\n')
}

type Sourced = { basis: readonly string[]; confidence: keyof typeof CONFIDENCE }

function limitsOf(law: Law, rules: CampaignLaw): [what: string, said: string, source: Sourced][] {
  const { procedures, notGoals, steps, length, batch, smallCell, government } = rules
  const nameOf = (procedure: string): string => law.procedures.get(procedure)?.at(-1)?.name ?? procedure
  return [
    ...procedures.map(
      one =>
        [
          `可以放进来的案件：${nameOf(one.procedure)}`,
          `算做完的结局：${one.done.map(state => stateName(law, one.procedure, state)).join('、')}`,
          one,
        ] as [string, string, Sourced],
    ),
    ['不得定为目标的', notGoals.words.join('、'), notGoals],
    ...steps.map(
      one =>
        [`数到“${one.name}”的`, one.letters.map(letter => letterName(law, letter)).join('、'), one] as [string, string, Sourced],
    ),
    ['最长', `${length.mostMonths}个月`, length],
    ['一次最多开', `${batch.mostRows}件`, batch],
    ['公开的最小数', `不足${smallCell.atLeast}件的不写出来`, smallCell],
    ['记入政府失信台账的主体', government.kinds.map(kind => SUBJECTS[kind]).join('、'), government],
  ]
}

const stateName = (law: Law, procedure: string, state: string): string =>
  law.procedures
    .get(procedure)
    ?.at(-1)
    ?.states.find(one => one.state === state)?.name ?? state
const letterName = (law: Law, letter: string): string => law.notices.get(letter)?.at(-1)?.name ?? letter
