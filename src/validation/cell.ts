import { granted, refused, type Verdict } from '../base/refusal.ts'
import type { CodeList, Field } from '../law/model.ts'
import type { Warning } from '../subject/code-text.ts'
import type { InventedPrefixes } from '../subject/division.ts'
import { parseOrganisationCode } from '../subject/organisation-code.ts'
import { parseRegistrationNumber } from '../subject/registration-number.ts'
import { maskResidentNumbers } from '../subject/resident-numbers.ts'
import { parseTaxNumber } from '../subject/tax-number.ts'
import { parseUscc } from '../subject/uscc.ts'
import { type AmountUnit, parseAmount } from './amount-value.ts'
import { parseDay } from './day-value.ts'
import { isPlaceholder, parseDecimal, parseInteger, parseMulti, parseText, tidyDocumentNumber } from './value.ts'

/*
 * From a cell's text to the canonical value of its field. One closure a column, made once for a file.
 */

/** The canonical value; '' where the cell says that there is none. `warnings`, where there are some: it is taken, and yet looks wrong. */
export type ReadCell = Verdict<string> & { readonly warnings?: readonly Warning[] }
export type CellReader = (text: string) => ReadCell

export type CellContext = {
  readonly codeLists: ReadonlyMap<string, CodeList>
  readonly inventedPrefixes: InventedPrefixes
  /** The unit of a bare number in this column. */
  readonly unit: AmountUnit | null
  /** The sender's value → ours. */
  readonly values: Readonly<Record<string, string>>
}

export const LONG_TERM = '2099-12-31'
const NOTHING = granted('')
/** No placeholder word is longer; longer texts are spared the look. */
const LONGEST_PLACEHOLDER = 20

/** The reader of a field. It refuses what its type refuses; whether the field may be empty is asked elsewhere. */
export function cellReader(field: Field, context: CellContext): CellReader {
  const read = byType(field, context)
  const mapped = context.values
  const hasMap = Object.keys(mapped).length > 0
  return text => {
    if (text === '') return NOTHING
    const given = hasMap ? (mapped[text.trim()] ?? text) : text
    return read(given)
  }
}

/** The same reader, refusing a value that holds an ID number of a person (`cell.person-number`). */
export function unlessPersonNumber(read: CellReader): CellReader {
  return text => {
    const found = read(text)
    return found.ok && maskResidentNumbers(found.value) !== found.value
      ? refused('cell.person-number', null, { personal: true })
      : found
  }
}

const TEXTS: ReadonlySet<Field['type']> = new Set(['text', 'name', 'person-name', 'address', 'telephone', 'document-number'])

/** True where a value may be any text, and so hold an ID number; a list that is open-ended keeps what follows 其他-. */
export function mayHoldText(field: Field, codeLists: CellContext['codeLists']): boolean {
  return TEXTS.has(field.type) || (field.list !== undefined && (codeLists.get(field.list)?.openEnded ?? false))
}

function byType(field: Field, context: CellContext): CellReader {
  switch (field.type) {
    case 'day':
      return dayReader(field)
    case 'amount':
      return unlessNone(text => cleaned(parseAmount(text, context.unit ?? (field.unit === 'wan-yuan' ? '万元' : '元'))))
    case 'integer':
      return unlessNone(text => {
        const read = parseInteger(text)
        return read.ok ? granted(String(read.value.value)) : read
      })
    case 'decimal':
      return unlessNone(text => cleaned(parseDecimal(text)))
    case 'code-list':
      return listReader(field, context)
    case 'multi-code-list':
      return multiReader(field, context)
    case 'uscc':
      return usccReader(context.inventedPrefixes)
    case 'organisation-code':
      return unlessNone(text => cleaned(parseOrganisationCode(text)))
    case 'registration-number':
      return unlessNone(text => {
        const read = parseRegistrationNumber(text)
        return read.ok ? taken(read.value.number as string, read.value.warnings) : read
      })
    case 'tax-number':
      return unlessNone(text => cleaned(parseTaxNumber(text)))
    case 'document-number':
      return documentReader(field)
    case 'id-number':
      return unlessNone(text => granted(text))
    default:
      return textReader(field)
  }
}

function cleaned<T extends string>(read: Verdict<{ value: T }>): Verdict<string> {
  return read.ok ? granted(read.value.value as string) : read
}

function taken(value: string, warnings: readonly Warning[]): ReadCell {
  return warnings.length === 0 ? granted(value) : { ok: true, value, warnings }
}

function unlessNone(read: CellReader): CellReader {
  return text => (text.length <= LONGEST_PLACEHOLDER && isPlaceholder(text) && text !== '0' ? NOTHING : read(text))
}

function textReader(field: Field): CellReader {
  const options = { ...(field.length ? { longest: field.length } : {}), lines: (field.length ?? 0) > 500 }
  return text => (text.length <= LONGEST_PLACEHOLDER && isPlaceholder(text) ? NOTHING : cleaned(parseText(text, options)))
}

/** Kept as written but for its ends: what is compared is the tidy form that the plan makes of it. */
function documentReader(field: Field): CellReader {
  const asText = parseText
  const options = field.length ? { longest: field.length } : {}
  return text => {
    const tidy = tidyDocumentNumber(text)
    return tidy.ok ? cleaned(asText(text, options)) : tidy
  }
}

function dayReader(field: Field): CellReader {
  const seen = new Map<string, Verdict<string>>()
  const fresh = (text: string): Verdict<string> => {
    const read = parseDay(text)
    if (!read.ok) return read.code === 'day.placeholder' ? NOTHING : read
    if (!read.value.value.longTerm) return granted(read.value.value.day as string)
    return field.longTerm ? granted(LONG_TERM) : refused('day.long-term-not-here')
  }
  return remembered(seen, fresh)
}

/** The same few thousand texts come a million times. */
function remembered(seen: Map<string, Verdict<string>>, fresh: CellReader): CellReader {
  return text => {
    const kept = seen.get(text)
    if (kept) return kept
    const read = fresh(text)
    if (seen.size > 20_000) seen.clear()
    seen.set(text, read)
    return read
  }
}

function usccReader(inventedPrefixes: InventedPrefixes): CellReader {
  const options = { inventedPrefixes }
  return text => {
    const read = parseUscc(text, options)
    if (read.ok) return taken(read.value.uscc as string, read.value.warnings)
    if (read.code === 'uscc.placeholder' && read.facts['kind'] === 'no-code-yet') return NOTHING
    if (read.code === 'uscc.placeholder' || !/[0-9A-Z]{6}/i.test(text))
      return isPlaceholder(text) && read.facts['kind'] !== 'filler' ? NOTHING : read
    return read
  }
}

type Known = { readonly byText: ReadonlyMap<string, string>; readonly openEnded: boolean; readonly name: string }

function knownValues(field: Field, context: CellContext): Known {
  const list = field.list ? context.codeLists.get(field.list) : undefined
  const byText = new Map<string, string>()
  for (const value of list?.values ?? [])
    for (const key of [value.text, value.code, ...value.aliases]) byText.set(listKey(key), value.text)
  return { byText, openEnded: list?.openEnded ?? false, name: list?.name ?? field.name }
}

function listKey(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
}

const OTHER = /^其他[-—–－:：]?(.+)$/

function findValue(known: Known, text: string): Verdict<string> {
  const found = known.byText.get(listKey(text))
  if (found !== undefined) return granted(found)
  const other = known.openEnded ? OTHER.exec(text.normalize('NFKC').trim()) : null
  if (other?.[1]) return granted(`其他-${other[1].trim()}`)
  return refused('code-list.unknown-value', null, {
    list: known.name,
    allowed: allowedOf(known.byText.values()),
  })
}

/** The first dozen of a list's words; a longer list says that it goes on. */
function allowedOf(values: Iterable<string>): string {
  const words = [...new Set(values)]
  return words.length > 12 ? `${words.slice(0, 12).join('、')}…` : words.join('、')
}

function listReader(field: Field, context: CellContext): CellReader {
  const known = knownValues(field, context)
  return remembered(new Map(), text => {
    const found = findValue(known, text)
    return !found.ok && isPlaceholder(text) ? NOTHING : found
  })
}

function multiReader(field: Field, context: CellContext): CellReader {
  const known = knownValues(field, context)
  const { values: mapped } = context
  const words = new Set([...known.byText.values(), ...Object.keys(mapped)])
  return remembered(new Map(), text => {
    if (isPlaceholder(text)) return NOTHING
    const whole = findValue(known, text)
    if (whole.ok) return whole
    const values: string[] = []
    for (const part of parseMulti(text, words).value) {
      const found = findValue(known, mapped[part] ?? part)
      if (!found.ok) return found
      if (!values.includes(found.value)) values.push(found.value)
    }
    return granted(values.join(';'))
  })
}
