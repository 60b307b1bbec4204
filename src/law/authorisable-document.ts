import type { Law } from './law.ts'
import { bases, CONFIDENCE, table } from './print.ts'

/** `docs/law/authorisable.md`: what a subject may let a receiver see, for what, and for how long. */
export function authorisableDocument(law: Law): string {
  const { requestMinutes, usualDays, longestDays, ...limits } = law.authorisationLimits
  const classes = [...law.authorisableClasses.values()].map(one => [
    one.name,
    one.shows,
    one.items.map(item => `[${law.items.get(item)?.at(-1)?.name ?? item}](${item}.md)`).join('；') || '报告',
    one.sensitive === undefined ? '否' : isForAll(law, one.sensitive.subjects) ? '是' : '自然人',
    bases(law, [...new Set([...one.basis, ...(one.sensitive?.basis ?? [])])]),
    CONFIDENCE[one.confidence],
  ])
  const purposes = [...law.authorisationPurposes.values()].map(one => [
    one.name,
    bases(law, one.basis),
    CONFIDENCE[one.confidence],
    one.note ?? '',
  ])
  const term = `请求${requestMinutes}分钟内有效；授权通常${usualDays}天，最长${longestDays}天（${bases(law, limits.basis)}，${CONFIDENCE[limits.confidence]}）。`
  return `# 可以授权他人查看的信息\n\n${term}\n\n${table(['类', '内容', '目录项', '单独同意', '依据', '可信程度'], classes)}\n## 用途\n\n${table(['用途', '依据', '可信程度', '说明'], purposes)}`
}

function isForAll(law: Law, subjects: readonly string[]): boolean {
  const known = new Set([...law.items.values()].flatMap(editions => editions.flatMap(edition => edition.subjects)))
  return [...known].every(kind => subjects.includes(kind))
}
