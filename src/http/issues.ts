import type { z } from 'zod'
import type { Facts } from '../base/refusal.ts'
import type { Words } from '../words/words.ts'

/* What does not fit a contract, said so that a clerk can mend it: zod's own texts speak of patterns and types, in English. */

export type IssueView = { readonly path: string; readonly message: string }

const MOST_ISSUES = 50
const MOST_NAMES = 5

/** Each fault with its place; at most 50 of them. Nothing that was sent is repeated but names of fields. */
export function issueViews(issues: z.ZodError['issues'], words: Words): IssueView[] {
  return issues.slice(0, MOST_ISSUES).map(issue => ({
    path: issue.path.map(named).join('.'),
    message: sentenceOf(issue, words),
  }))
}

type Issue = z.ZodError['issues'][number]

function sentenceOf(issue: Issue, words: Words): string {
  // A check of our own names its sentence.
  if (words.has(issue.message)) return words.say(issue.message)
  const [code, facts] = codeOf(issue)
  return words.say(words.has(code) ? code : 'input.unfit', facts)
}

/** Every issue's sentence, by what zod found; `input.*` in words/parts/input.yaml. */
function codeOf(issue: Issue): readonly [code: string, facts?: Facts] {
  switch (issue.code) {
    case 'invalid_type':
      // Zod does not keep what was sent; its text ends so where nothing was.
      return [issue.message.endsWith('received undefined') ? 'input.missing' : `input.not-${issue.expected}`]
    case 'invalid_value':
      return ['input.not-among', { values: issue.values.slice(0, 20).map(String).join('、') }]
    case 'too_big':
      return [`input.too-big-${sizeOf(issue)}`, { most: Number(issue.maximum) }]
    case 'too_small':
      if (sizeOf(issue) !== 'number' && Number(issue.minimum) === 1) return ['input.empty']
      return [`input.too-small-${sizeOf(issue)}`, { least: Number(issue.minimum) }]
    case 'invalid_format':
      return [`input.format-${issue.format}`]
    case 'not_multiple_of':
      return ['input.multiple', { divisor: issue.divisor }]
    case 'unrecognized_keys':
      return ['input.unknown-names', { names: issue.keys.slice(0, MOST_NAMES).map(named).join('、') }]
    default:
      return ['input.unfit']
  }
}

/** What is counted: letters of a text, entries of a list, or the number itself; of zod's other kinds, entries. */
function sizeOf(issue: { readonly origin: string; readonly inclusive?: boolean | undefined }): string {
  if (issue.origin === 'string') return 'string'
  if (issue.origin !== 'number' && issue.origin !== 'int' && issue.origin !== 'bigint') return 'array'
  return issue.inclusive === false ? 'exclusive' : 'number'
}

/** A name as contracts give them; of anything else that stood in a name's place nothing is repeated: it may be a person's number. */
function named(name: PropertyKey): string {
  const text = String(name)
  return /^(?:[A-Za-z][A-Za-z0-9_-]{0,39}|\d{1,6})$/.test(text) ? text : '…'
}
