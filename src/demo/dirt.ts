import { addDays } from '../base/day.ts'
import type { Outcome } from '../intake/model.ts'
import type { Field } from '../law/model.ts'
import { organisationCodeOf, USCC_ALPHABET } from '../subject/uscc.ts'
import type { Chance } from './chance.ts'
import { chineseSum } from './chinese-sum.ts'
import type { CityPlan, SourceShelf } from './city-files.ts'
import { dayText } from './layout.ts'
import { childOf, personOf } from './people.ts'
import type { Content, Occasion } from './record.ts'
import { isYearly } from './schedule.ts'
import { nameOn } from './subjects.ts'

/** A row on its way to be spoilt. Answering false leaves it as it was: this mess does not fit this row. */
export type Job = {
  readonly plan: CityPlan
  readonly shelf: SourceShelf
  readonly on: Occasion
  readonly content: Content
  readonly chance: Chance
}
/** One way in which real files are wrong, and how a row with it should end. */
export type Mess = {
  readonly name: string
  readonly outcome: Outcome
  readonly weight: number
  fits(shelf: SourceShelf): boolean
  content?(job: Job): boolean
  cells?(job: Job, cells: string[]): boolean
}

const placeOf = (shelf: SourceShelf, code: string | undefined): number | undefined =>
  code === undefined ? undefined : shelf.layout.places.get(code)
const hasCode = (shelf: SourceShelf): boolean => placeOf(shelf, shelf.item.roles.uscc) !== undefined
const isTable = (shelf: SourceShelf): boolean => shelf.layout.dress.kind === 'csv' || shelf.layout.dress.kind === 'xlsx'
const aboutPersons = (shelf: SourceShelf): boolean => shelf.item.roles.idNumber !== undefined

/** The column that holds a document's own number; undefined where other columns stand for it. */
export function numberField(shelf: SourceShelf): Field | undefined {
  const { item } = shelf
  const [code, ...others] = item.roles.documentNumber
  const field = others.length === 0 && code ? item.fieldByCode.get(code) : undefined
  return field?.type === 'document-number' && placeOf(shelf, field.code) !== undefined ? field : undefined
}

/** A long text of the record itself. */
export function longText(shelf: SourceShelf): Field | undefined {
  const { item, layout } = shelf
  return item.fields.find(
    ({ code, type, required, length = 0 }) =>
      type === 'text' &&
      required &&
      length >= 500 &&
      layout.places.has(code) &&
      !item.roles.documentNumber.includes(code) &&
      code !== item.roles.title,
  )
}

function onCode(change: (code: string, job: Job) => string) {
  return (job: Job, cells: string[]): boolean => {
    const place = placeOf(job.shelf, job.shelf.item.roles.uscc)
    const code = place === undefined ? '' : (cells[place] ?? '')
    if (place === undefined || code === '') return false
    cells[place] = change(code, job)
    return true
  }
}

const full = (text: string): string => text.replace(/[!-~]/g, sign => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))

function wrongCheck(code: string): string {
  const last = USCC_ALPHABET.indexOf(code.slice(-1))
  return code.slice(0, -1) + USCC_ALPHABET[(last + 7) % USCC_ALPHABET.length]
}

function setCell(job: Job, cells: string[], code: string | undefined, value: (before: string) => string): boolean {
  const place = placeOf(job.shelf, code)
  if (place === undefined) return false
  cells[place] = value(cells[place] ?? '')
  return true
}

/** Tidied on the way in: such rows are filed like any other. */
const TIDIED: readonly Mess[] = [
  { name: 'code.lower-case', outcome: 'filed', weight: 4, fits: hasCode, cells: onCode(code => code.toLowerCase()) },
  { name: 'code.full-width', outcome: 'filed', weight: 3, fits: hasCode, cells: onCode(full) },
  { name: 'code.letter-o', outcome: 'filed', weight: 3, fits: hasCode, cells: onCode(code => code.replaceAll('0', 'O')) },
  {
    name: 'code.spaces',
    outcome: 'filed',
    weight: 2,
    fits: hasCode,
    cells: onCode(code => ` ${code.slice(0, 9)} ${code.slice(9)}`),
  },
  {
    name: 'number.spaces',
    outcome: 'filed',
    weight: 4,
    fits: shelf => numberField(shelf) !== undefined,
    cells: (job, cells) =>
      setCell(job, cells, numberField(job.shelf)?.code, text => ` ${text.replaceAll('〔', ' [').replaceAll('〕', '] ')}`),
  },
  {
    name: 'amount.words',
    outcome: 'filed',
    weight: 5,
    fits: shelf => shelf.item.fields.some(field => field.type === 'amount' && shelf.layout.places.has(field.code)),
    cells: (job, cells) => {
      const field = job.shelf.item.fields.find(one => one.type === 'amount' && job.content[one.code])
      const yuan = Number(job.content[field?.code ?? ''] ?? Number.NaN)
      if (!Number.isInteger(yuan) || yuan <= 0) return false
      const words = [`${yuan / 10_000}万元`, chineseSum(yuan), `￥${yuan.toLocaleString('en-US')}元`]
      return setCell(job, cells, field?.code, () => job.chance.pick(words))
    },
  },
  {
    name: 'cell.placeholder',
    outcome: 'filed',
    weight: 4,
    fits: () => true,
    cells: (job, cells) => {
      const field = job.shelf.item.fields.find(
        one =>
          !one.required &&
          one.type === 'text' &&
          one.code !== job.shelf.item.roles.uscc &&
          cells[placeOf(job.shelf, one.code) ?? -1] === '',
      )
      return setCell(job, cells, field?.code, () => job.chance.pick(['空', '无', '—', '/', 'N/A']))
    },
  },
  {
    name: 'cell.formula',
    outcome: 'filed',
    weight: 2,
    fits: shelf => longText(shelf) !== undefined,
    cells: (job, cells) =>
      setCell(job, cells, longText(job.shelf)?.code, text => `${job.chance.pick(['=1+1 ', '@', '+86', '=SUM(A1:A9) '])}${text}`),
  },
  {
    name: 'name.former',
    outcome: 'filed',
    weight: 3,
    fits: shelf => hasCode(shelf) && !isYearly(shelf.item) && shelf.item.nature !== 'registration',
    content: underFormerName,
  },
  {
    name: 'name.alone-favourable',
    outcome: 'filed',
    weight: 4,
    fits: shelf => hasCode(shelf) && shelf.item.mayFileByNameAlone && shelf.item.effect !== 'adverse',
    content: ({ shelf, content }) => blank(content, shelf.item.roles.uscc),
  },
]

const TRIES = 400

/** The row is about an enterprise that has a new name by now, and still writes the old one. */
function underFormerName({ plan, shelf, on, content, chance }: Job): boolean {
  const { roles, subjects } = shelf.item
  if (!subjects.includes('enterprise')) return false
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const other = plan.subject(chance.below(plan.city.subjects))
    if (other.turn?.what !== 'renamed' || other.turn.on > on.decidedOn || plan.toldOn(other.n) > on.sentOn) continue
    content[roles.subjectName] = other.name
    for (const code of [roles.uscc, roles.taxNumber]) if (code && content[code]) content[code] = other.uscc
    if (roles.organisationCode) content[roles.organisationCode] = organisationCodeOf(other.uscc)
    if (roles.legalRepresentative) content[roles.legalRepresentative] = other.head
    if (roles.category) content[roles.category] = '法人及非法人组织'
    return true
  }
  return false
}

function blank(content: Content, code: string | undefined): boolean {
  if (code === undefined || !content[code]) return false
  content[code] = ''
  return true
}

/** Refused, with a reason that the sender can mend. */
const REFUSED: readonly Mess[] = [
  { name: 'code.check-digit', outcome: 'refused', weight: 4, fits: hasCode, cells: onCode(wrongCheck) },
  {
    name: 'code.of-a-person',
    outcome: 'refused',
    weight: 3,
    fits: hasCode,
    cells: onCode((_, { plan, chance }) => personOf(plan.city, chance.below(20)).residentId),
  },
  {
    name: 'code.placeholder',
    outcome: 'refused',
    weight: 2,
    fits: shelf => hasCode(shelf) && !shelf.item.mayFileByNameAlone,
    cells: (job, cells) => job.on.subject.kind !== 'sole-trader' && onCode(() => '00000000000000000X')(job, cells),
  },
  {
    name: 'row.shifted',
    outcome: 'refused',
    weight: 3,
    fits: isTable,
    cells: (_, cells) => cells.splice(1, 0, '').length === 0,
  },
  {
    name: 'day.after-report',
    outcome: 'refused',
    weight: 3,
    fits: () => true,
    cells: (job, cells) =>
      setCell(job, cells, job.shelf.item.roles.decidedOn, () => dayText(addDays(job.on.sentOn, 40), job.shelf.layout.dress)),
  },
  {
    name: 'day.impossible',
    outcome: 'refused',
    weight: 2,
    fits: () => true,
    cells: (job, cells) => setCell(job, cells, job.shelf.item.roles.decidedOn, () => `${job.on.decidedOn.slice(0, 4)}-02-30`),
  },
  {
    name: 'day.long-term',
    outcome: 'refused',
    weight: 2,
    fits: () => true,
    cells: (job, cells) => setCell(job, cells, job.shelf.item.roles.decidedOn, () => '2099/12/31'),
  },
  {
    name: 'number.placeholder',
    outcome: 'refused',
    weight: 3,
    fits: shelf => numberField(shelf)?.required === true,
    cells: (job, cells) => setCell(job, cells, numberField(job.shelf)?.code, () => job.chance.pick(['无', '空', '—', '0000'])),
  },
  {
    name: 'cell.missing',
    outcome: 'refused',
    weight: 3,
    fits: shelf =>
      shelf.item.fieldByCode.get(shelf.item.roles.title ?? '')?.required === true &&
      placeOf(shelf, shelf.item.roles.title) !== undefined,
    cells: (job, cells) => setCell(job, cells, job.shelf.item.roles.title, () => ''),
  },
  {
    name: 'person.prohibited',
    outcome: 'refused',
    weight: 8,
    fits: shelf => aboutPersons(shelf) && longText(shelf) !== undefined,
    cells: (job, cells) => setCell(job, cells, longText(job.shelf)?.code, text => `${text}当事人患有高血压病。`),
  },
  {
    name: 'person.minor',
    outcome: 'refused',
    weight: 5,
    fits: aboutPersons,
    content: ({ plan, shelf, content, chance }) => {
      content[shelf.item.roles.idNumber ?? ''] = childOf(plan.city, chance.below(500)).residentId
      return true
    },
  },
]

/** A person has to decide. */
const WAITING: readonly Mess[] = [
  {
    name: 'name.of-another',
    outcome: 'waiting',
    weight: 4,
    fits: hasCode,
    content: ({ plan, shelf, on, content, chance }) => {
      if (on.subject.kind === 'government-body') return false
      const other = plan.subject(chance.below(plan.city.subjects))
      if (other.name === on.subject.name || other.kind !== on.subject.kind) return false
      content[shelf.item.roles.subjectName] = nameOn(other, on.decidedOn)
      return true
    },
  },
  {
    name: 'name.alone-adverse',
    outcome: 'waiting',
    weight: 10,
    fits: shelf =>
      hasCode(shelf) &&
      shelf.item.roles.category !== undefined &&
      shelf.item.effect === 'adverse' &&
      placeOf(shelf, shelf.item.roles.category) !== undefined,
    content: ({ shelf, on, content }) => on.subject.kind === 'sole-trader' && blank(content, shelf.item.roles.uscc),
  },
]

export const MESSES: readonly Mess[] = [...TIDIED, ...REFUSED, ...WAITING]
