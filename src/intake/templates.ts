import type { App } from '../app.ts'
import { legalDay } from '../base/day.ts'
import { NotFound } from '../base/refusal.ts'
import { type Template, type TemplateColumn, writeTemplate } from '../files/template.ts'
import { itemOn } from '../law/law.ts'
import type { Field } from '../law/model.ts'

/* A department's template follows from the item's YAML and nothing else: today's edition, code lists as drop-downs, the unit's code filled in. */

const KINDS: Readonly<Partial<Record<Field['type'], TemplateColumn['kind']>>> = {
  day: 'day',
  amount: 'amount',
  integer: 'number',
  decimal: 'number',
  uscc: 'code',
  'organisation-code': 'code',
  'registration-number': 'code',
  'tax-number': 'code',
  'id-number': 'code',
  'document-number': 'code',
  telephone: 'code',
}

export function templateOf(app: App, itemId: string, unitId: string | null): Template {
  const item = itemOn(app.law, itemId, legalDay(app.now(), app.city.zone))
  if (!item) throw new NotFound('item.unknown')
  const unit = unitId ? app.law.units.get(unitId) : undefined
  const { roles } = item
  const filled: Record<string, string | undefined> = unit
    ? {
        [roles.authorityName ?? '']: unit.name,
        [roles.authorityCode ?? '']: unit.uscc,
        [roles.providerName ?? '']: unit.name,
        [roles.providerCode ?? '']: unit.uscc,
      }
    : {}
  const columns = item.fields.map(field => columnOf(app, field))
  return {
    title: item.name,
    ...(unit ? { unitCode: unit.uscc } : {}),
    columns,
    example: item.fields.map(field => filled[field.code] ?? exampleOf(app, field)),
  }
}

function columnOf(app: App, field: Field): TemplateColumn {
  const list = field.list ? app.law.codeLists.get(field.list) : undefined
  const limits = field.length ? app.words.say('template.longest', { length: field.length }) : ''
  const several = field.type === 'multi-code-list' ? app.words.say('template.several') : ''
  return {
    name: field.name,
    note: [field.note ?? '', limits, several, field.longTerm ? app.words.say('template.long-term') : '']
      .filter(Boolean)
      .join(' '),
    required: field.required,
    ...(list && field.type === 'code-list' ? { values: list.values.map(value => value.text) } : {}),
    kind: KINDS[field.type] ?? 'text',
    width: Math.min(40, Math.max(12, field.name.length * 2 + 2)),
  }
}

function exampleOf(app: App, field: Field): string {
  const first = field.list ? app.law.codeLists.get(field.list)?.values[0]?.text : undefined
  if (first) return first
  switch (field.type) {
    case 'day':
      return '2026-01-05'
    case 'amount':
    case 'decimal':
      return field.required ? '2' : ''
    case 'integer':
      return field.required ? '1' : ''
    default:
      return field.required ? app.words.say('template.example') : ''
  }
}

export function templateBytes(app: App, format: 'xlsx' | 'csv', itemId: string, unitId: string | null): AsyncGenerator<Buffer> {
  return writeTemplate(format, templateOf(app, itemId, unitId))
}
