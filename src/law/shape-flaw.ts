import type { z } from 'zod'
import type { Facts } from '../base/refusal.ts'
import { type Flaw, makeFlaw } from './flaw.ts'
import { type LawFile, type Path, placeOf } from './place.ts'
import { type FlawCode, isFlawCode } from './rules.ts'

type Issue = z.core.$ZodIssue
type Told = { readonly code: FlawCode; readonly path: Path; readonly facts: Facts }

/** Each fault that a shape found, as a flaw with the line of the value (or of the map that lacks it). */
export function shapeFlaws(file: LawFile, content: unknown, issues: readonly Issue[]): Flaw[] {
  return issues
    .flatMap(issue => tell(content, issue, []))
    .map(one => makeFlaw(one.code, file.name, placeOf(file, one.path), one.facts))
}

function tell(content: unknown, issue: Issue, above: Path): Told[] {
  const path: Path = [...above, ...issue.path.map(step => (typeof step === 'symbol' ? String(step) : step))]
  const key = printPath(path)
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(one => ({ code: 'law.key-unknown', path: [...path, one], facts: { key: printPath([...path, one]) } }))
    case 'invalid_type':
      if (valueAt(content, path) === undefined) return [{ code: missingCode(path), path, facts: { key } }]
      return [{ code: 'law.value-type', path, facts: { key, expected: issue.expected } }]
    case 'invalid_value':
      if (valueAt(content, path) === undefined) return [{ code: missingCode(path), path, facts: { key } }]
      return [{ code: 'law.value-not-allowed', path, facts: { key, allowed: printAllowed(issue.values) } }]
    case 'too_small':
      if (path.at(-1) === 'basis') return [{ code: 'law.basis-missing', path, facts: { key } }]
      return [{ code: issue.origin === 'string' ? 'law.text-empty' : 'law.value-out-of-range', path, facts: { key } }]
    case 'too_big':
      return [{ code: 'law.value-out-of-range', path, facts: { key } }]
    case 'invalid_union':
      return tellUnion(content, issue, path)
    default:
      return [
        {
          code: isFlawCode(issue.message) ? issue.message : 'law.value-malformed',
          path,
          facts: { key, value: printValue(content, path) },
        },
      ]
  }
}

/** Of the shapes a value might have had, the one it came nearest to is the one it was meant to have. */
function tellUnion(content: unknown, issue: z.core.$ZodIssueInvalidUnion, path: Path): Told[] {
  const key = printPath(path)
  if (valueAt(content, path) === undefined) return [{ code: missingCode(path), path, facts: { key } }]
  const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0]
  if (nearest === undefined || nearest.length === 0) {
    const allowed = (issue as { options?: readonly unknown[] }).options ?? []
    return [{ code: 'law.value-not-allowed', path, facts: { key, allowed: printAllowed(allowed) } }]
  }
  return nearest.flatMap(one => tell(content, one, path))
}

function printAllowed(values: readonly unknown[]): string {
  return values.length > 8 ? `${values.slice(0, 8).map(String).join('、')}等` : values.map(String).join('、')
}

function missingCode(path: Path): FlawCode {
  if (path.at(-1) === 'confidence') return 'law.confidence-missing'
  return path.at(-1) === 'basis' ? 'law.basis-missing' : 'law.key-missing'
}

function valueAt(content: unknown, path: Path): unknown {
  let value = content
  for (const step of path)
    value = typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[step] : undefined
  return value
}

function printValue(content: unknown, path: Path): string {
  const value = valueAt(content, path)
  return typeof value === 'object' ? '' : String(value).slice(0, 40)
}

/** `cases[0].when.gravity`, as a person would name the value. */
export function printPath(path: Path): string {
  return (
    path
      .map(step => (typeof step === 'number' ? `[${step}]` : `.${step}`))
      .join('')
      .replace(/^\./, '') || '文件'
  )
}
