import type { Field } from '../law/model.ts'

const LONG_TERM = '2099-12-31'

/**
 * A kept value as it is to be read beside its column's name: amounts in the unit the name states (the archive keeps 元), 长期 for a day
 * without end, several values set apart by a full-width semicolon. Any other value as it is.
 */
export function printedValue(field: Pick<Field, 'type' | 'unit' | 'longTerm'> | undefined, value: string): string {
  switch (field?.type) {
    case 'amount':
      return field.unit === 'wan-yuan' ? inWan(value) : value
    case 'day':
      return field.longTerm && value === LONG_TERM ? '长期' : value
    case 'multi-code-list':
      return value.replaceAll(';', '；')
    default:
      return value
  }
}

/** 元 to 万元 in decimal text: a float would round a sum of sixteen digits. */
function inWan(yuan: string): string {
  const [, whole, fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(yuan) ?? []
  if (whole === undefined) return yuan
  const digits = whole.padStart(5, '0')
  const rest = (digits.slice(-4) + fraction).replace(/0+$/, '')
  const wan = digits.slice(0, -4).replace(/^0+(?=\d)/, '')
  return rest === '' ? wan : `${wan}.${rest}`
}
