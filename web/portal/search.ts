import { granted, refused, type Verdict } from '../../src/base/refusal.ts'
import type { Query } from '../../src/db/database.ts'
import { tidyCode } from '../../src/subject/code-text.ts'
import { nameBigrams, nameKey } from '../../src/subject/name.ts'
import { hasUsccCheck } from '../../src/subject/uscc.ts'

/*
 * Finding organisations by part of a name or of a code. Pairs of characters in one index narrow the field, the text itself decides.
 * Work is bounded whatever is asked: so many candidates by the order of their ids, so many after the filters, never a count.
 */

/** How many names that hold the pairs are looked at, and how many of them are ranked after the filters. */
const CANDIDATES = 1000
const RANKED = 500
const CODE_AT_LEAST = 4

export type SearchQuery = {
  readonly q: string
  readonly kind?: string | undefined
  readonly district?: string | undefined
  readonly status?: string | undefined
  /** A key that an earlier page gave as `next`. */
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

export type FormerName = { readonly name: string; readonly from: string | null; readonly until: string | null }

export type SubjectHit = {
  readonly subjectId: number
  readonly name: string
  readonly uscc: string | null
  readonly kind: string
  readonly status: string | null
  readonly district: string | null
  /** By what it was found. */
  readonly hit: 'name' | 'former-name' | 'code' | 'old-code'
  /** The former name or old code that was found. */
  readonly found: FormerName | null
}

export type SearchResult = {
  readonly subjects: readonly SubjectHit[]
  readonly next: string | null
  /** True when more was there than was looked at: a longer text finds the rest. */
  readonly narrowed: boolean
  /** Set when a whole code was asked for and is there. */
  readonly exact: number | null
}

type Candidate = {
  subject_id: number
  name: string
  uscc: string | null
  kind: string
  status: string | null
  district: string | null
  former: FormerName[]
  old: string[]
}

type Ranked = { readonly hit: SubjectHit; readonly rank: number; readonly length: number }

/**
 * Organisations whose present or former name holds the text, or whose code begins with it; exact first, then by beginning, then by
 * containing, then by former name, shorter names first. Two characters are enough. Refuses `search.too-short`.
 */
export async function searchSubjects(db: Query, query: SearchQuery): Promise<Verdict<SearchResult>> {
  const words = query.q.normalize('NFKC').trim().slice(0, 100).split(/\s+/).map(letters).filter(Boolean)
  const code = tidyCode(query.q.slice(0, 100)).value
  const isCode = /^(?=.*\d)[0-9A-Z]+$/.test(code) && code.length >= CODE_AT_LEAST && code.length <= 18
  const grams = [...new Set(words.flatMap(word => ([...word].length > 1 ? nameBigrams(word) : [])))]
  if (grams.length === 0 && !isCode) return refused('search.too-short')
  if (hasUsccCheck(code)) {
    const one = await findByUscc(db, code)
    if (one) return granted({ subjects: [hitOf(one, 'code', null)], next: null, narrowed: false, exact: one.subject_id })
  }
  const found = await candidates(db, query, grams, isCode ? code : null)
  const ranked = found.rows.flatMap(row => rank(row, words, isCode ? code : null) ?? []).sort(byRank)
  const limit = Math.min(query.limit ?? 20, 100)
  const after = readKey(query.after)
  const rest = after ? ranked.filter(one => isAfter(one, after)) : ranked
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  return granted({
    subjects: page.map(one => one.hit),
    next: rest.length > limit && last ? `${last.rank}.${last.length}.${last.hit.subjectId}` : null,
    narrowed: found.narrowed,
    exact: null,
  })
}

const SUBJECT = `s.subject_id, s.name, s.uscc, s.kind, s.status, s.district, s.card->'formerNames' as former, s.card->'oldCodes' as old`

/** The subject of a whole code; undefined where none is public. */
export async function findByUscc(db: Query, uscc: string): Promise<Candidate | undefined> {
  return await db.row<Candidate>({
    name: 'portal-uscc',
    text: `select ${SUBJECT} from pub.subject s where s.uscc = $1 and s.kind <> 'natural-person' order by s.subject_id limit 1`,
    values: [uscc],
  })
}

async function candidates(
  db: Query,
  query: SearchQuery,
  grams: readonly string[],
  code: string | null,
): Promise<{ rows: Candidate[]; narrowed: boolean }> {
  const rows = new Map<number, Candidate>()
  let narrowed = false
  if (grams.length > 0) {
    const named = await byGrams(db, query, grams)
    for (const row of named.rows) rows.set(row.subject_id, row)
    narrowed = named.narrowed
    // More than was looked at hold the text somewhere: those that begin with it must be among the ranked.
    if (narrowed) for (const row of await byBeginning(db, query, NAME_BEGINS, query.q.trim())) rows.set(row.subject_id, row)
  }
  if (code) {
    const coded = await byBeginning(db, query, USCC_BEGINS, code)
    for (const row of coded) rows.set(row.subject_id, row)
    narrowed ||= coded.length >= RANKED
  }
  return { rows: [...rows.values()], narrowed }
}

const FILTER = `s.kind <> 'natural-person' and ($1::text is null or s.kind = $1) and ($2::text is null or s.district = $2) and ($3::text is null or s.status = $3)`
const filterValues = (query: SearchQuery): (string | null)[] => [query.kind || null, query.district || null, query.status || null]

const NEEDED = 's.subject_id, s.name, s.uscc, s.kind, s.status, s.district, s.card'

// Not a named statement: the plan must know how frequent the pairs are. Rare ones are read from the index of pairs; frequent ones are met
// soon enough in the order of the ids, where the limit ends the walk.
async function byGrams(
  db: Query,
  query: SearchQuery,
  grams: readonly string[],
): Promise<{ rows: Candidate[]; narrowed: boolean }> {
  const filters = filterValues(query)
  // Where nothing is filtered out, whoever is looked at is ranked: no need to look at more.
  const looked = filters.some(one => one !== null) ? CANDIDATES : RANKED
  const rows = await db.rows<Candidate & { seen: number }>({
    text: `with near as materialized (select ${NEEDED} from pub.subject s where s.grams @@ $4::tsquery order by s.subject_id limit ${looked})
      select ${SUBJECT}, c.seen from (select count(*) as seen from near) c
      left join lateral (select * from near s where ${FILTER} order by s.subject_id limit ${RANKED}) s on true`,
    values: [...filters, grams.map(lexeme).join(' & ')],
  })
  const found = rows.filter(row => row.subject_id !== null)
  return { rows: found, narrowed: (rows[0]?.seen ?? 0) >= CANDIDATES || found.length >= RANKED }
}

// Comparing byte by byte, so that the index serves whatever the database's language is.
const NAME_BEGINS = `s.name ~>=~ $4 and s.name ~<~ ($4 || chr(1114111)) order by s.name using ~<~`
const USCC_BEGINS = `s.uscc >= $4 and s.uscc <= rpad($4, 18, 'Z') order by s.uscc`

async function byBeginning(
  db: Query,
  query: SearchQuery,
  begins: typeof NAME_BEGINS | typeof USCC_BEGINS,
  text: string,
): Promise<Candidate[]> {
  return await db.rows({
    text: `select ${SUBJECT} from (select ${NEEDED} from pub.subject s where ${begins} limit ${CANDIDATES}) s where ${FILTER} limit ${RANKED}`,
    values: [...filterValues(query), text],
  })
}

/** A lexeme as tsquery reads it, quoted: a pair may hold any character. */
function lexeme(gram: string): string {
  return `'${gram.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}

const SIGNS = /[^\p{L}\p{N}]+/gu

function letters(text: string): string {
  return nameKey(text).replace(SIGNS, '')
}

function rank(row: Candidate, words: readonly string[], code: string | null): Ranked | null {
  const length = [...row.name].length
  const made = (rank: number, hit: SubjectHit['hit'], found: FormerName | null = null): Ranked => ({
    rank,
    length,
    hit: hitOf(row, hit, found),
  })
  if (code !== null) {
    if (row.uscc?.startsWith(code)) return made(row.uscc === code ? 0 : 1, 'code')
    const old = row.old?.find(one => one.replace(/[^0-9A-Z]/gi, '').startsWith(code))
    if (old) return made(3, 'old-code', { name: old, from: null, until: null })
  }
  if (words.length === 0) return null
  const whole = words.join('')
  const name = letters(row.name)
  if (name === whole) return made(0, 'name')
  if (name.startsWith(whole)) return made(1, 'name')
  if (words.every(word => name.includes(word))) return made(2, 'name')
  const former = row.former?.find(one => {
    const key = letters(one.name)
    return words.every(word => key.includes(word))
  })
  return former ? made(3, 'former-name', former) : null
}

function hitOf(row: Candidate, hit: SubjectHit['hit'], found: FormerName | null): SubjectHit {
  const { subject_id: subjectId, name, uscc, kind, status, district } = row
  return { subjectId, name, uscc, kind, status, district, hit, found }
}

type Key = readonly [number, number, number]

function keyOf(one: Ranked): Key {
  return [one.rank, one.length, one.hit.subjectId]
}

function compareKeys(a: Key, b: Key): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

function byRank(a: Ranked, b: Ranked): number {
  return compareKeys(keyOf(a), keyOf(b))
}

function isAfter(one: Ranked, key: Key): boolean {
  return compareKeys(keyOf(one), key) > 0
}

function readKey(text: string | undefined): Key | null {
  const found = /^(\d)\.(\d{1,4})\.(\d{1,15})$/.exec(text ?? '')
  return found ? [Number(found[1]), Number(found[2]), Number(found[3])] : null
}
