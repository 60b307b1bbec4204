import { addMonths, type Day, earlier } from '../base/day.ts'
import { termMonthsOf } from '../law/lists.ts'
import { Chance } from './chance.ts'
import { laterBy } from './day-table.ts'
import { type Content, documentNumber, LONG_TERM, type Occasion } from './record.ts'
import {
  ABNORMAL_GROUNDS,
  CHANGES,
  DEBTOR_CONDUCTS,
  DECLARATIONS,
  HONOURS,
  LIST_GROUNDS,
  QUALIFICATIONS,
  RENAMED,
  RIGHTS,
} from './texts.ts'

/* What is said of a subject's standing: ratings, lists, honours, rights, declarations. Each answers the columns it knows. */

const yearBefore = (day: Day): string => String(Number(day.slice(0, 4)) - 1)

/** Ratings of the year before; whatever item, the columns that it has. */
export function ratingContent(on: Occasion): Content {
  const { chance, item, decidedOn, subject, source } = on
  const score = 58 + chance.below(4100) / 100
  const grade = score >= 90 ? 'A级' : score >= 75 ? 'B级' : score >= 65 ? 'C级' : 'D级'
  const colour = score >= 90 ? '绿色' : score >= 70 ? '蓝色' : score >= 62 ? '黄色' : '红色'
  return {
    PJMC: source.constants['PJMC'] ?? item.name,
    PJND: yearBefore(decidedOn),
    PJPC: `${yearBefore(decidedOn)}年度`,
    PJDJ: item.fieldByCode.get('PJDJ')?.type === 'code-list' ? colour : grade.slice(0, 1),
    PJFZ: score.toFixed(2),
    PJYXQS: decidedOn,
    PJYXQZ: laterBy(addMonths(decidedOn, 12), -1),
    ZYLB: chance.pick(['房屋建筑工程', '市政公用工程', '装饰装修工程']),
    PDND: yearBefore(decidedOn),
    NSXYDJ: chance.weighted([
      [30, 'A级'],
      [45, 'B级'],
      [15, 'M级'],
      [8, 'C级'],
      [2, 'D级'],
    ]),
    NSRSBH: subject.uscc,
    HGZCBM: `${on.city.division.slice(0, 4)}9${String(subject.n).padStart(5, '0')}`,
    XYDJ: chance.weighted([
      [6, '高级认证企业'],
      [92, '其他注册登记和备案企业'],
      [2, '失信企业'],
    ]),
    YXQX: item.roles.validUntil === 'YXQX' ? addMonths(decidedOn, 12) : '',
  }
}

/** Serious-dishonesty lists: listed, some removed again by the day they are sent. */
export function listingContent(on: Occasion): Content {
  const { chance, item, decidedOn, subject } = on
  const ground = chance.pick(LIST_GROUNDS[item.item] ?? LIST_GROUNDS['*'] ?? [])
  const list = on.city.law.lists.get(item.list ?? '')
  const term = (list && termMonthsOf(list)) ?? 36
  return {
    LRYY: ground,
    LRYJ: `《${on.city.name}严重失信主体名单管理规定（虚构）》第六条`,
    RDWSH: documentNumber(on, '列决'),
    ZYSXSS: `经查，当事人${ground}，经告知和听取陈述申辩后，事实清楚，证据充分。`,
    GSJZQ: addMonths(decidedOn, term),
    AJXZ: ground,
    JCJG: `${on.city.name}税务稽查局`,
    NSRSBH: subject.uscc,
    TQJE: String(chance.between(4, 180) * 10_000),
    TQRS: String(chance.between(3, 90)),
    WFLY: '生产经营',
    ZYFZR: subject.head,
  }
}

/** Lists of abnormal operation or activity; a third are out again when the file is sent. */
export function abnormalContent(on: Occasion): Content {
  const { chance, decidedOn, sentOn, subject, unit } = on
  const isOut = chance.is(0.35)
  return {
    LRYY: chance.pick(['未按规定期限公示年度报告', '通过登记的住所或者经营场所无法联系', '未按责令期限公示有关企业信息']),
    LRSY: chance.pick(ABNORMAL_GROUNDS),
    LRWSH: documentNumber(on, '异列'),
    YCRQ: isOut ? earlier(laterBy(decidedOn, chance.between(1, 20)), laterBy(sentOn, -1)) : '',
    YCYY: isOut ? '已补报并公示' : '',
    YCJG: isOut ? unit.name : '',
    NSRSBH: subject.uscc,
    NSRZT: '非正常户',
    JCRQ: isOut ? earlier(laterBy(decidedOn, 12), laterBy(sentOn, -1)) : '',
  }
}

export function debtorContent(on: Occasion): Content {
  const { chance, city, decidedOn, serial } = on
  const amount = chance.between(2, 400) * 5000
  const year = decidedOn.slice(0, 4)
  return {
    SF: city.short,
    ZXYJWH: `（${year}）${city.short.slice(0, 1)}01民初${serial + 11}号`,
    LASJ: laterBy(decidedOn, -chance.between(40, 200)),
    AH: `（${year}）${city.short.slice(0, 1)}01执${serial + 1}号`,
    ZCZXYJDW: on.unit.name,
    SXFLWSQDYW: `支付申请执行人货款${amount}元及利息，承担案件受理费。`,
    BZXRLXQK: chance.pick(['全部未履行', '全部未履行', '部分未履行']),
    SXXWQX: chance.pick(DEBTOR_CONDUCTS),
    WLXBF: `${amount}元`,
    YCRQ: '',
  }
}

const HONOURING = ['credit-office', 'trade-union', 'publicity', 'human-resources', 'market-regulation']

export function honourContent(on: Occasion): Content {
  const { chance, city, decidedOn, serial } = on
  const by = city.law.units.get(chance.pick(HONOURING)) ?? on.unit
  return {
    RDWSH: `${city.short.slice(0, 1)}表彰〔${decidedOn.slice(0, 4)}〕${serial + 1}号`,
    BZMC: `${yearBefore(decidedOn)}年度${chance.pick(HONOURS)}`,
    RYDJ: chance.weighted([
      [80, '市级'],
      [18, '省级'],
      [2, '国家级'],
    ]),
    RDJGQC: by.name,
    RYNR: '授予荣誉称号，颁发证书和奖牌。',
    YXJZQ: addMonths(decidedOn, 36),
  }
}

export function rightContent(on: Occasion): Content {
  const { chance, decidedOn, serial } = on
  const [title, kind] = chance.pick(RIGHTS)
  return {
    ZSCQDJZH: `ZL${decidedOn.slice(0, 4)}2${String(serial + 1).padStart(7, '0')}.${serial % 10}`,
    ZSCQMC: title,
    ZSCQZL: kind === '软件著作权' ? '软件著作权' : '专利',
    ZT: '有效',
    ZSCQYXQZ: addMonths(decidedOn, 120),
  }
}

export function changeContent(on: Occasion): Content {
  const { chance, decidedOn, subject } = on
  if (subject.turn?.what === 'renamed' && subject.turn.on === decidedOn)
    return { BGSX: RENAMED, BGQNR: subject.name, BGHNR: subject.turn.name }
  const what = chance.pick(CHANGES)
  const own = new Chance(on.city.seed, 'change', on.serial)
  return {
    BGSX: what,
    BGQNR: what === '注册资本变更' ? `${subject.capital / 20_000}万元` : '变更前的登记内容',
    BGHNR: what === '注册资本变更' ? `${subject.capital / 10_000}万元` : `变更后的登记内容（第${own.between(1, 6)}次变更）`,
  }
}

export function declarationContent(on: Occasion): Content {
  const { chance, decidedOn, sentOn, serial, unit } = on
  const isSeen = chance.is(0.6)
  const about = chance.pick(DECLARATIONS)
  return {
    SBBH: `SB${decidedOn.slice(0, 4)}${String(serial + 1).padStart(6, '0')}`,
    SBLB: chance.pick(['资质证照', '市场经营', '合同履约', '社会公益']),
    SBSX: about,
    SBNR: `本单位自主申报：${about}，材料齐全。`,
    SBYXQ: chance.is(0.4) ? LONG_TERM : addMonths(decidedOn, 36),
    HYZT: isSeen ? '已核验' : '未核验',
    HYDW: isSeen ? unit.name : '',
    HYRQ: isSeen ? earlier(laterBy(decidedOn, 7), sentOn) : '',
  }
}

/** Arrears with a document in force: of water, of contributions. */
export function arrearsContent(on: Occasion): Content {
  const { chance, city, decidedOn, serial } = on
  const courts = [...city.law.units.values()].filter(unit => unit.kind === 'court')
  return {
    WSLX: chance.pick(['判决书', '调解书', '支付令']),
    WSH: `（${decidedOn.slice(0, 4)}）${city.short.slice(0, 1)}02民初${serial + 101}号`,
    WSJG: chance.pick(courts).name,
    QFJE: String(chance.between(8, 900) * 100),
  }
}

export function qualificationContent(on: Occasion): Content {
  const { chance, city, decidedOn, serial } = on
  return {
    ZGMC: chance.pick(QUALIFICATIONS),
    ZGLB: chance.pick(['建筑工程', '市政公用工程', '机电工程']),
    ZSBH: `${city.short.slice(0, 1)}建${decidedOn.slice(2, 4)}${String(serial + 1).padStart(6, '0')}`,
    YXQZ: addMonths(decidedOn, 36),
    ZGZT: '有效',
  }
}
