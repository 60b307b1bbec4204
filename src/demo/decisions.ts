import { addMonths, earlier } from '../base/day.ts'
import type { Chance } from './chance.ts'
import { laterBy } from './day-table.ts'
import { LICENCE_TEXTS, PERSON_LICENCES } from './licence-texts.ts'
import { PENALTY_TEXTS, PERSONAL_ADDITIONS, REVOCATION } from './penalty-texts.ts'
import { personOf } from './people.ts'
import { type Content, documentNumber, endOf, inventedTelephone, LONG_TERM, type Occasion, textFacts } from './record.ts'
import { COMMITMENTS, CONTRACTS, fillText, INSPECTIONS } from './texts.ts'

/* What decisions say: penalties, licences, inspections, commitments, contracts. Each answers the columns it knows. */

export function penaltyContent(on: Occasion): Content {
  const { chance, unit, decidedOn } = on
  const facts = textFacts(on)
  const text = chance.pick(PENALTY_TEXTS[unit.domains[0] ?? '*'] ?? PENALTY_TEXTS['*'] ?? [])
  // The table of 2016 has no column for the certificate.
  const isRevoked = chance.is(0.02) && on.source.legacy === undefined
  const kinds = isRevoked ? [...text.kinds, ...REVOCATION.kinds] : text.kinds
  const fine = text.fine ? roundFine(text.fine, chance) : 0
  const taken = text.taken ? chance.between(...text.taken) : 0
  const addition = chance.is(0.012) ? fillText(chance.pick(PERSONAL_ADDITIONS), personalFacts(on)) : ''
  return {
    CF_WSH: documentNumber(on, '罚决'),
    CF_WFXW: text.act,
    CF_SY: fillText(text.fact, { ...facts, taken: String(taken) }) + addition,
    CF_YJ: fillText(text.rule, facts),
    CF_CFLB: kinds.join(';'),
    CF_NR: sentenceOf(kinds, fine, taken, facts['number'] ?? ''),
    CF_NR_FK: positive(fine),
    CF_NR_WFFF: positive(taken),
    CF_NR_ZKDX: isRevoked ? fillText(REVOCATION.certificate ?? '', facts) : '',
    CF_YXQ: addMonths(decidedOn, 36),
    // Market regulation's own system says how long it shows a penalty; the platform takes its word.
    CF_GSJZQ: unit.domains.includes('market-regulation') ? addMonths(decidedOn, fine >= 10_000 ? 36 : 12) : '',
    CF_CFCX: fine > 0 && fine <= 3000 ? '简易程序' : '普通程序',
    // Most departments leave the class to the tables.
    CF_SXFL: isRevoked || chance.is(0.3) ? classOf(fine, isRevoked) : '',
  }
}

const positive = (sum: number): string => (sum > 0 ? String(sum) : '')

function classOf(fine: number, isRevoked: boolean): string {
  if (fine >= 500_000 || isRevoked) return '严重'
  return fine >= 20_000 ? '一般' : '轻微'
}

function roundFine([from, to]: readonly [number, number], chance: Chance): number {
  const fine = from + (to - from) * chance.next() ** 2.2
  const step = fine >= 10_000 ? 1000 : fine >= 1000 ? 100 : 50
  return Math.max(from, Math.round(fine / step) * step)
}

const TAKEN_KINDS = ['没收违法所得', '没收非法财物']

function sentenceOf(kinds: readonly string[], fine: number, taken: number, number: string): string {
  const parts = kinds.map(kind => {
    if (kind === '罚款') return `罚款人民币${fine}元`
    if (TAKEN_KINDS.includes(kind)) return `${kind}${taken}元`
    return kind === '暂扣许可证件' ? `暂扣经营许可证（${number}）三个月` : kind
  })
  return `${parts.join('；')}。`
}

/** Numbers that must be masked before publication; every one of them invented. */
function personalFacts({ city, serial, chance }: Occasion): Record<string, string> {
  const person = personOf(city, serial % 20)
  return {
    person: person.name,
    id: person.residentId,
    phone: inventedTelephone(chance),
    account: `860000${chance.between(1_000_000, 9_999_999)}`,
  }
}

export function licenceContent(on: Occasion): Content {
  const { chance, unit, decidedOn, person, sentOn } = on
  const facts = textFacts(on)
  const texts = person ? PERSON_LICENCES : (LICENCE_TEXTS[unit.id] ?? LICENCE_TEXTS['*'] ?? [])
  const isEdible = on.subject.trade?.tag === 'food' || on.subject.trade?.tag === 'health'
  const text = chance.pick(isEdible ? texts : texts.filter(one => !one.content.includes('{subject}')))
  const isOver = chance.is(0.04)
  return {
    XK_WSH: documentNumber(on, '许准'),
    XK_XKWS: `准予${text.document}决定书`,
    XK_XKLB: text.kind,
    XK_XKZS: text.certificate,
    XK_XKBH: text.certificate === '' ? '' : (facts['number'] ?? ''),
    XK_NR: fillText(text.content, facts),
    XK_YXQZ: decidedOn,
    XK_YXQZI: isOver ? earlier(addMonths(decidedOn, 12), sentOn) : endOf(decidedOn, text.years),
    XK_ZT: isOver ? '无效' : '有效',
  }
}

export function inspectionContent(on: Occasion): Content {
  const { chance, decidedOn } = on
  const name = `${decidedOn.slice(0, 4)}年第${(on.serial % 97) + 1}批${chance.pick(INSPECTIONS)}`
  const isClean = chance.is(0.82)
  return {
    JCSXBH: `${decidedOn.replaceAll('-', '')}${String(on.serial % 10_000).padStart(4, '0')}`,
    JCMC: name,
    JCLX: chance.pick(['日常检查', '专项检查', '双随机抽查']),
    JCNR: `${name}：查看台账、现场和设施运行记录。`,
    JCJG: isClean ? '未发现问题' : '已责令改正',
    CLYJ: isClean ? '' : '限十五日内改正并报送整改情况。',
  }
}

export function commitmentContent(on: Occasion): Content {
  const { chance, decidedOn, sentOn, serial, unit } = on
  const about = chance.pick(COMMITMENTS)
  const fulfilment = chance.weighted([
    [92, '全部履行'],
    [5, '部分履行'],
    [3, '全部未履行'],
  ])
  const isBroken = fulfilment !== '全部履行'
  const found = earlier(laterBy(decidedOn, 20), sentOn)
  return {
    CNBM: `CN${decidedOn.replaceAll('-', '').slice(2)}${String(serial).padStart(6, '0')}`,
    CNLX: chance.pick(['审批替代型', '容缺受理型', '证明事项型', '主动型']),
    CNSY: about,
    CNNR: `本单位承诺在${about}中所提交的材料真实、合法、有效，并依法依规开展活动。`,
    WNZR: '违反承诺的，自愿依法承担相应责任，接受撤销决定并记入信用信息。',
    CNYXQ: chance.is(0.3) ? LONG_TERM : addMonths(decidedOn, 24),
    CNLXZT: fulfilment,
    WLXNR: isBroken ? '未在承诺期限内补齐材料。' : '',
    WNZJNR: isBroken ? '责令限期改正，两年内不适用告知承诺。' : '',
    LXZTRDRQ: isBroken ? found : '',
    LXZTRDDW: isBroken ? unit.name : '',
    LXZTRDDWDM: isBroken ? unit.uscc : '',
    GKLX: chance.weighted([
      [80, '可向社会公开'],
      [20, '特定范围内公开'],
    ]),
  }
}

/** Purchasers are units of the city; they report through the finance office. */
export function contractContent(on: Occasion): Content {
  const { city, chance, decidedOn, serial } = on
  const buyers = [...city.law.units.values()].filter(unit => unit.kind === 'city-department' && unit.county === null)
  const buyer = chance.pick(buyers)
  const [name, goods, measure] = chance.pick(CONTRACTS)
  const amount = chance.between(3, 400) * 5000
  const count = chance.between(1, 60)
  return {
    HTBH: `${city.short.slice(0, 1)}采合〔${decidedOn.slice(0, 4)}〕${serial + 1}号`,
    HTMC: `${buyer.shortName ?? buyer.name}${name}`,
    XMBH: `CG-${decidedOn.slice(0, 4)}-${serial + 1}`,
    CGR: buyer.name,
    JFZTTYSHXYDM: buyer.uscc,
    CGRDZ: `${city.name}${city.counties[0]?.name ?? ''}望澜路1号`,
    GYSLXFS: inventedTelephone(chance),
    ZYBDMC: goods,
    GGXH: '详见采购文件',
    ZYBDSL: `${count}${measure}`,
    ZYBDDJ: String(Math.round(amount / count)),
    HTJE: String(amount),
    LYQX: addMonths(decidedOn, 12),
    QZDD: city.name,
    CGFS: chance.pick(['公开招标', '竞争性磋商', '询价', '单一来源采购']),
    HTGGRQ: laterBy(decidedOn, 2),
    LYZT: chance.pick(['履行中', '已完成', '已验收']),
    SSQY: city.name,
  }
}
