import type { Unit } from '../law/city-model.ts'
import type { NamedForm } from './names.ts'
import { type Content, LONG_TERM, type Occasion } from './record.ts'
import { nameOn, type Subject, subjectOf } from './subjects.ts'

/* What the registrars say of a subject: as it was founded, and once more when something changed. */

const TYPE_CODES: Readonly<Record<NamedForm, string>> = {
  limited: '1130',
  'sole-owner-limited': '1151',
  'joint-stock': '1229',
  partnership: '4533',
  branch: '2130',
  shop: '',
  'co-operative': '3700',
  none: '',
}

const CATEGORIES: Readonly<Record<string, string>> = {
  enterprise: '企业法人',
  'sole-trader': '个体工商户',
  'co-operative': '其他法人',
  'public-institution': '事业单位法人',
  'social-organisation': '社会团体法人',
}

export const STANDING = '存续(在营、开业、在册)'

/** `decidedOn` tells which of the two registrations is meant: that of the turning point, or the first. */
export function registrationContent(on: Occasion): Content {
  const { city, subject, decidedOn } = on
  const { turn } = subject
  const isLater = turn !== null && decidedOn >= turn.on
  const status = isLater ? statusAfter(turn.what) : STANDING
  return {
    ZTMC: on.name,
    ZTLB: CATEGORIES[subject.kind] ?? '其他组织',
    CLRQ: subject.foundedOn,
    YXQZ: subject.foundedOn,
    YXQZI: LONG_TERM,
    DZ: isLater && turn.what === 'moved' ? turn.address : subject.address,
    XZQH: subject.county.division,
    DJJG: registrarOf(on).name,
    GSZCH: '',
    ZCZB: subject.kind === 'sole-trader' ? String(subject.capital / 100) : String(subject.capital),
    LX: TYPE_CODES[subject.form],
    HYDM: subject.trade?.code ?? '',
    JYFW: subject.trade ? `${subject.trade.scope}。（依法须经批准的项目，经相关部门批准后方可开展经营活动）` : '按章程开展活动',
    JYZT: status,
    HZRQ: decidedOn,
    ZXRQ: status === '注销' ? decidedOn : '',
    DXRQ: status === '吊销,未注销' ? decidedOn : '',
    CYM: isLater && turn.what === 'renamed' ? subject.name : '',
    YWZGDW: city.law.units.get('civil-affairs')?.name ?? '',
    JBDW: `${city.name}人民政府`,
  }
}

function statusAfter(what: NonNullable<Subject['turn']>['what']): string {
  if (what === 'deregistered') return '注销'
  return what === 'revoked' ? '吊销,未注销' : STANDING
}

/** The county's own registrar where it has one, else the unit that sends the file. */
function registrarOf({ city, subject, unit }: Occasion): Unit {
  const own = [...city.law.units.values()].find(
    one => one.county === subject.county.id && one.items.includes('registration-org') && one.parent === unit.id,
  )
  return own ?? unit
}

export function branchContent(on: Occasion): Content {
  const { city, subject, decidedOn, unit } = on
  const parent = subject.parent === null ? null : subjectOf(city, subject.parent)
  return {
    FZMC: subject.name,
    FZFZR: subject.head,
    FZDJJG: unit.name,
    ZTMC: parent ? nameOn(parent, decidedOn) : '',
    TYSHXYDM: parent?.uscc ?? '',
    FZLX: parent?.form === 'joint-stock' ? '2200' : TYPE_CODES.branch,
    FZCLRQ: subject.foundedOn,
    FZDZ: subject.address,
    FZXZQH: subject.county.division,
    FZJYFW: subject.trade?.scope ?? '',
    FZJYZT: STANDING,
  }
}
