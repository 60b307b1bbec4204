import type { OrganisationKind } from '../subject/invented.ts'
import { Chance } from './chance.ts'
import type { County, DemoCity } from './city.ts'
import {
  ASSOCIATIONS,
  BRAND_FIRST,
  BRAND_SECOND,
  ENTERPRISE_TRADES,
  FARM_PRODUCTS,
  INSTITUTIONS,
  OFFICES,
  RARE_BRANDS,
  SHOP_TRADES,
  TOWNS,
  type Trade,
} from './name-words.ts'
import type { Subject } from './subjects.ts'

/** 组织形式, which decides the register's type code. */
export type NamedForm =
  | 'limited'
  | 'sole-owner-limited'
  | 'joint-stock'
  | 'partnership'
  | 'branch'
  | 'shop'
  | 'co-operative'
  | 'none'
export type Named = { readonly name: string; readonly trade: Trade | null; readonly form: NamedForm }

const FORMS: readonly (readonly [number, readonly [NamedForm, string]])[] = [
  [70, ['limited', '有限公司']],
  [14, ['sole-owner-limited', '有限责任公司']],
  [9, ['joint-stock', '股份有限公司']],
  [5, ['partnership', '合伙企业（有限合伙）']],
]

const BRANDS = BRAND_FIRST.length * BRAND_SECOND.length
// Coprime to the number of brands: neighbours in n have brands that do not look alike.
const BRAND_STEP = 1_777

/** 字号 of the n-th subject: all of them once before one comes again. */
export function brandOf(city: DemoCity, n: number, chance: Chance): string {
  if (chance.is(0.01)) return chance.pick(RARE_BRANDS)
  return brandAt((city.seed * 31 + n * BRAND_STEP) % BRANDS)
}

function brandAt(place: number): string {
  const at = ((place % BRANDS) + BRANDS) % BRANDS
  return `${BRAND_FIRST[at % BRAND_FIRST.length]}${BRAND_SECOND[Math.floor(at / BRAND_FIRST.length)]}`
}

/** 区划+字号+行业+组织形式, by kind. One in seven names differs from its neighbour's by one character, as in every register. */
export function nameOf(
  city: DemoCity,
  n: number,
  kind: OrganisationKind,
  county: County,
  parent: Subject | null,
  chance: Chance,
): Named {
  switch (kind) {
    case 'enterprise':
      return enterpriseName(city, n, county, chance)
    case 'sole-trader': {
      const trade = chance.pick(SHOP_TRADES)
      const place = chance.is(0.7) ? county.name : `${city.name}${county.name}`
      return { name: `${place}${brandOf(city, n, chance)}${trade.word}`, trade, form: 'shop' }
    }
    case 'branch':
      return { name: `${parent?.name ?? ''}${county.short}${chance.pick(TOWNS)}分公司`, trade: null, form: 'branch' }
    case 'co-operative':
      return {
        name: `${county.name}${brandOf(city, n, chance)}${chance.pick(FARM_PRODUCTS)}农民专业合作社`,
        trade: null,
        form: 'co-operative',
      }
    case 'public-institution':
      return {
        name: `${city.name}${county.name}${brandOf(city, n, chance)}${chance.pick(INSTITUTIONS)}`,
        trade: null,
        form: 'none',
      }
    case 'social-organisation':
      return {
        name: `${city.name}${county.name}${brandOf(city, n, chance)}${chance.pick(ASSOCIATIONS)}`,
        trade: null,
        form: 'none',
      }
    case 'government-body':
      return { name: `${city.name}${county.name}${brandOf(city, n, chance)}${chance.pick(OFFICES)}`, trade: null, form: 'none' }
  }
}

function enterpriseName(city: DemoCity, n: number, county: County, chance: Chance): Named {
  // The near-namesake takes its neighbour's chance and changes one character of the brand.
  const isNear = n > 0 && chance.is(0.14)
  const own = isNear ? new Chance(city.seed, 'namesake', n - 1) : new Chance(city.seed, 'namesake', n)
  const place = (city.seed * 31 + (isNear ? n - 1 : n) * BRAND_STEP) % BRANDS
  const brand = own.is(0.01) ? own.pick(RARE_BRANDS) : brandAt(isNear ? place + 1 : place)
  const trade = own.pick(ENTERPRISE_TRADES)
  const [form, ending] = own.weighted(FORMS)
  const shape = own.next()
  if (shape < 0.12) return { name: `${brand}（${city.short}）${trade.word}${ending}`, trade, form }
  const division =
    shape < 0.62 ? city.name : shape < 0.8 ? city.short : county.isDistrict ? `${city.name}${county.name}` : county.name
  return { name: `${division}${brand}${trade.word}${ending}`, trade, form }
}
