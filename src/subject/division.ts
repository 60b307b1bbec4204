import table from './divisions.json' with { type: 'json' }

/** A city's choice: two-digit province prefixes that no authority has assigned and that mark invented subjects. */
export type InventedPrefixes = readonly string[]

const current = new Map<string, string>()
const former = new Map<string, string>()

function unpack(groups: Readonly<Record<string, string>>, into: Map<string, string>): void {
  for (const [province, entries] of Object.entries(groups)) {
    for (const entry of entries.split(' ')) into.set(province + entry.slice(0, 4), entry.slice(4))
  }
}

unpack(table.current, current)
unpack(table.former, former)
for (const [province, name] of Object.entries(table.provinces)) current.set(`${province}0000`, name)

/** Two-digit prefixes of the provinces, with Taiwan, Hong Kong and Macao (GB/T 2260). */
export const PROVINCES: ReadonlyMap<string, string> = new Map(Object.entries(table.provinces))

/** 83 opens the residence permits of Taiwan residents (港澳台居民居住证); it is no province. */
export const TAIWAN_RESIDENT_PREFIX = '83'

/**
 * The province prefix of invented subjects. Nobody has assigned it; see docs/decisions/0002-invented-codes.md. A city
 * that shows invented subjects lists it in its settings, every other city refuses it.
 */
export const INVENTED_PREFIX = '86'

/** The state itself stands for a division in codes given by central authorities (GB 32100). */
export const STATE_DIVISION = '100000'

/** The last day the division table knows of. */
export const DIVISIONS_AS_OF = table.asOf

/**
 * True when GB/T 2260 gives or once gave the six digits to a division. Codes keep the division of the day they were
 * given, so abolished ones pass. False is a reason to warn, not to refuse: the table may be older than the division.
 */
export function isKnownDivision(code: string): boolean {
  return code === STATE_DIVISION || current.has(code) || former.has(code)
}

/** True when the six digits were a division once and are none today. */
export function isFormerDivision(code: string): boolean {
  return former.has(code) && !current.has(code)
}

/** True when the first two digits are an assigned province, the state, or a prefix this city lends to invented subjects. */
export function isAssignedProvince(code: string, invented: InventedPrefixes = []): boolean {
  const prefix = code.slice(0, 2)
  return PROVINCES.has(prefix) || code === STATE_DIVISION || invented.includes(prefix)
}

/** The name of a division, today's or its last one; null for an unknown code. */
export function divisionName(code: string): string | null {
  if (code === STATE_DIVISION) return '国家'
  return current.get(code) ?? former.get(code) ?? null
}

/** The names from province to county that a code stands for, `市辖区` and `县` left out; empty for an unknown province. */
export function divisionPath(code: string): string[] {
  const codes = new Set([`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code])
  const names: string[] = []
  for (const one of codes) {
    const name = divisionName(one)
    if (name !== null && name !== '市辖区' && name !== '县') names.push(name)
  }
  return names
}

/** Every division with its code: today's first, then the former ones. */
export function* listDivisions(): Generator<{ code: string; name: string; former: boolean }> {
  for (const [code, name] of current) yield { code, name, former: false }
  for (const [code, name] of former) yield { code, name, former: true }
}
