import { cite } from './citation.ts'
import type { Law } from './law.ts'
import type { ChannelRule, NoticeBlank, NoticeTemplate } from './notice-model.ts'
import { isCarrier, partsOf } from './notice-model.ts'
import { termText } from './notice-term.ts'
import { bases, CONFIDENCE, table } from './print.ts'

const CHANNEL = {
  account: '主体账户',
  console: '工作台',
  hand: '当面送达',
  post: '邮寄',
  publication: '公告',
  sms: '短信提醒',
  email: '邮件提醒',
} as const
const BLANK = {
  text: '一行文字',
  paragraph: '一段文字',
  lines: '逐条',
  day: '日期',
  count: '数目',
  bases: '依据',
  unit: '单位',
} as const
const REMEDY = { reconsideration: '行政复议', suit: '行政诉讼', review: '复核' } as const

/** `docs/law/notices.md`: every letter in its editions, with its words and the way by which it is served. */
export function noticesDocument(law: Law): string {
  const letters = [...law.notices.values()].flat().map(one => letterOf(law, one))
  return `# 文书\n\n文书的文字只在这里改；办案时只填空格，不能改文字。送达证明与案件保存同样长的时间。\n\n${letters.join('\n')}`
}

function letterOf(law: Law, one: NoticeTemplate): string {
  const span = `${one.inForceFrom}起${one.inForceUntil === null ? '' : `至${one.inForceUntil}`}`
  const body = one.body.map(
    ({ text, with: given, basis, confidence }) =>
      `> ${printed(law, one, text).replaceAll('\n', '\n> ')}\n>\n> ${bases(law, basis)}，${CONFIDENCE[confidence]}${given === undefined ? '' : '；填写了才印'}\n`,
  )
  const companion = one.accompaniedBy === undefined ? '' : `与${nameOf(law, one.accompaniedBy)}同时送达。`
  const blanks = one.blanks.map(({ name, type, required }) => [name, BLANK[type], required ? '是' : '否'])
  const remedies = one.remedies.map(each => [
    REMEDY[each.remedy],
    termText(each),
    bases(law, each.basis),
    CONFIDENCE[each.confidence],
  ])
  return [
    `## ${one.name}\n\n\`${one.notice}\`，${span}。依据：${bases(law, one.basis)}（${CONFIDENCE[one.confidence]}）。${companion}${one.note ?? ''}\n`,
    `**${printed(law, one, one.title)}**\n`,
    ...body,
    table(['空格', '类型', '必填'], blanks),
    ...(remedies.length > 0 ? [table(['救济', '期限', '依据', '可信程度'], remedies)] : []),
    table(
      ['渠道', '开始', '算作送达', '依据', '可信程度'],
      one.channels.map(rule => channelRow(law, rule)),
    ),
  ].join('\n')
}

const nameOf = (law: Law, notice: string): string => law.notices.get(notice)?.at(-1)?.name ?? notice

function channelRow(law: Law, rule: ChannelRule): string[] {
  const { starts } = rule
  const begins =
    starts === 'at-once'
      ? '立即'
      : starts === 'by-hand'
        ? '由经办人办理'
        : 'failed' in starts
          ? `${CHANNEL[starts.failed]}送不到以后`
          : `${starts.unservedWorkingDays}个工作日仍未送达`
  if (!isCarrier(rule)) return [CHANNEL[rule.channel], begins, '不算', '', '']
  const { served } = rule
  const counts =
    served === 'on-opening'
      ? '打开之日'
      : served === 'on-receipt'
        ? '签收之日'
        : 'workingDaysAfterPosting' in served
          ? `放入后满${served.workingDaysAfterPosting}个工作日`
          : `公告满${served.daysAfterPublication}日`
  return [CHANNEL[rule.channel], begins, counts, bases(law, rule.basis), CONFIDENCE[rule.confidence]]
}

const OWN = {
  subject: '主体',

  unit: '本机关',
  number: '文号',
  day: '日期',
  platform: '本平台',
  contact: '联系方式',
}

function printed(law: Law, one: NoticeTemplate, text: string): string {
  const names = new Map<string, string>([
    ...Object.entries(OWN),
    ...one.blanks.map(({ blank, name }: NoticeBlank) => [blank, name] as const),
  ])
  return partsOf(text)
    .map(part => {
      if (typeof part === 'string') return part
      if (part.kind === 'article') return cite(law, part.basis)
      if (part.kind === 'blank') return `〔${names.get(part.blank) ?? part.blank}〕`
      const remedy = part.kind === 'term' ? one.remedies.find(each => each.remedy === part.remedy) : undefined
      return remedy ? termText(remedy) : ''
    })
    .join('')
}
