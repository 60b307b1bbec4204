import { visit } from 'yaml'
import type { ZodType } from 'zod'
import { type Flaw, makeFlaw, type Place } from './flaw.ts'
import { type LawFile, type Parsed, parseText } from './place.ts'
import { DECLINED, readPlain } from './plain-yaml.ts'
import type { FlawCode } from './rules.ts'
import { shapeFlaws } from './shape-flaw.ts'

const LONGEST_FILE = 2_000_000
/** An anchor used a few times saves typing; more often it hides what the file says, or is a bomb. */
const MOST_ALIASES = 30

/** What a file says, or its flaws: text that is no YAML 1.2 core, or a value the shape does not allow. */
export function readYaml<T>(file: LawFile, shape: ZodType<T>): { readonly value: T } | { readonly flaws: Flaw[] } {
  if (file.text.length > LONGEST_FILE)
    return { flaws: [makeFlaw('law.file-too-large', file.name, { line: 1, column: 1 }, { limit: LONGEST_FILE })] }
  const content = plainContent(file)
  if ('flaws' in content) return content
  const answer = shape.safeParse(content.value)
  if (answer.success) return { value: answer.data }
  return { flaws: shapeFlaws(file, content.value, answer.error.issues) }
}

function plainContent(file: LawFile): { readonly value: unknown } | { readonly flaws: Flaw[] } {
  const plain = readPlain(file.text)
  if (plain !== DECLINED) return { value: plain }
  const at = (code: FlawCode, place: Place, facts = {}) => makeFlaw(code, file.name, place, facts)
  let found: Parsed
  try {
    found = parseText(file.text)
  } catch (cause) {
    // The parser answers nesting beyond its stack with an exception of its own.
    return {
      flaws: [
        at('law.yaml-syntax', { line: 1, column: 1 }, { reason: cause instanceof RangeError ? 'NESTED_TOO_DEEP' : 'UNREADABLE' }),
      ],
    }
  }
  const { document, counter } = found
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0) {
    const flaws = faults.map(fault => {
      const { line, col } = counter.linePos(fault.pos[0])
      return at(
        fault.code === 'DUPLICATE_KEY' ? 'law.yaml-duplicate-key' : 'law.yaml-syntax',
        { line, column: col },
        { reason: fault.code },
      )
    })
    return { flaws }
  }
  const bomb = file.text.includes('*') ? tooManyAliases(found) : null
  if (bomb) return { flaws: [at('law.yaml-too-many-aliases', bomb, { limit: MOST_ALIASES })] }
  return { value: document.toJS({ maxAliasCount: -1 }) }
}

/** The place of the alias that is one too many; an alias inside an anchored value counts as a bomb at once. */
function tooManyAliases({ document, counter }: Parsed): Place | null {
  let count = 0
  let found: number | null = null
  visit(document, {
    Alias(_key, alias, path) {
      count += 1
      const insideAnchor = path.some(one => (one as { anchor?: string }).anchor !== undefined)
      if (count <= MOST_ALIASES && !insideAnchor) return undefined
      found = alias.range?.[0] ?? 0
      return visit.BREAK
    },
  })
  if (found === null) return null
  const { line, col } = counter.linePos(found)
  return { line, column: col }
}
