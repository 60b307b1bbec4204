import type { DeclarationRules, RouteRunner } from './declaration-model.ts'
import type { Law } from './law.ts'
import { bases, CONFIDENCE, table } from './print.ts'

const BY: Readonly<Record<RouteRunner, string>> = { machine: '平台自动', person: '承办单位', none: '尚未接通，平台不提供' }
const NEEDS = { number: '编号', content: '具体内容' } as const

/** `docs/law/declarations.md`: what may be declared, how it is verified and by which unit here, what is promised and authorised. */
export function declarationsDocument(law: Law): string {
  const { rules } = law.declarations
  return ['# 自主申报\n', ...rules.map(one => editionText(law, one))].join('\n')
}

function editionText(law: Law, one: DeclarationRules): string {
  const span = `${one.inForceFrom}起${one.inForceUntil === null ? '' : `至${one.inForceUntil}`}`
  const itemName = (id: string): string => law.items.get(id)?.at(-1)?.name ?? id
  const families = one.families.map(it => [
    it.name,
    it.kind,
    it.hint,
    it.needs.map(need => NEEDS[need]).join('、'),
    it.compares.map(({ item }) => itemName(item)).join('、') || '没有可以比对的数据',
    law.units.get(law.declarations.verifiers.get(it.family)?.unit ?? '')?.name ?? '信用主管部门',
    CONFIDENCE[it.confidence],
    it.note ?? '',
  ])
  const routes = one.routes.map(it => [it.name, it.means, BY[it.by], bases(law, it.basis), CONFIDENCE[it.confidence]])
  const texts = one.statements.map(
    it => `### ${it.title}\n\n${it.paragraphs.map(({ text }, index) => `${index + 1}. ${text}`).join('\n')}\n`,
  )
  return [
    `## ${span}\n`,
    `核实以后记入“${itemName(one.item)}”；公开类型由申报人逐条选：${one.openness.map(it => `${it.text}（${it.means}）`).join('；')}。\n`,
    `### 类别\n\n${table(['类别', '记作', '是什么', '须写明', '先与哪些部门数据比对', '本市由谁核验', '可信程度', '说明'], families)}`,
    `### 核验途径\n\n${table(['途径', '做什么', '谁', '依据', '可信程度'], routes)}`,
    ...texts,
  ].join('\n')
}
