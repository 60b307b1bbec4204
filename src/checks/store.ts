import type { FactRow } from '../archive/views.ts'
import type { SubjectId } from '../base/id.ts'
import type { Query, Row, Statement } from '../db/database.ts'
import { inForceOn } from '../measures/in-force.ts'
import type { SubjectKind } from '../subject/kind.ts'
import type { Asked } from './asked.ts'
import type { Found, Named } from './groups.ts'
import type { PromptRow, PromptScope } from './prompt.ts'

/* SQL of the check: whose code or name is it, and what is kept about them. The first is answered in ids to exact values only. */

const linkedOf = (subjectId: string): string =>
  `exists (select from subject_link where subject_id = ${subjectId}) or exists (select from subject_link where to_subject = ${subjectId}) as linked`

/** The subject that has a code. */
export async function findByCode(query: Query, kind: string, value: string): Promise<Found | undefined> {
  return await query.row<Found>({
    name: 'check-code',
    text: `select f.subject_id as "subjectId", ${linkedOf('f.subject_id')} from subject_of_code($1, $2) as f (subject_id) where f.subject_id is not null`,
    values: [kind, value],
  })
}

/** Organisations that have or had exactly this name, folded. Persons are never found by a name. */
export async function findByName(query: Query, key: string): Promise<Named[]> {
  return await query.rows<Named & Row>({
    name: 'check-name',
    text: `select f.subject_id as "subjectId", f.present, ${linkedOf('f.subject_id')} from organisations_of_names(array[$1]) f order by f.subject_id`,
    values: [key],
  })
}

/** The same for many at once: what was asked → who it is, `kind value` as the key. Nobody is found for what is missing. */
export async function findAll(query: Query, asked: readonly Asked[]): Promise<Map<string, Found[]>> {
  const found = new Map<string, Found[]>()
  const codes = asked.filter(one => one.by !== 'name')
  const names = [...new Set(asked.filter(one => one.by === 'name').map(one => one.value))]
  if (codes.length > 0) {
    const rows = await query.rows<Found & { kind: string; value: string }>({
      name: 'check-codes',
      text: `select f.kind, f.value, f.subject_id as "subjectId", ${linkedOf('f.subject_id')} from subjects_of_codes($1::text[], $2::text[]) f`,
      values: [codes.map(one => one.by), codes.map(one => one.value)],
    })
    for (const { kind, value, ...one } of rows) found.set(`${kind} ${value}`, [one])
  }
  if (names.length > 0) {
    const rows = await query.rows<Found & { name_key: string }>({
      name: 'check-names',
      text: `select f.name_key, f.subject_id as "subjectId", ${linkedOf('f.subject_id')} from organisations_of_names($1::text[]) f`,
      values: [names],
    })
    for (const { name_key, ...one } of rows) {
      const key = `name ${name_key}`
      found.set(key, [...(found.get(key) ?? []), one])
    }
  }
  return found
}

/** One of several that have a name, as it is put to the person who asked. */
export type Candidate = {
  readonly subjectId: SubjectId
  readonly name: string
  readonly uscc: string | null
  readonly district: string | null
  readonly status: string | null
}

/** The statement that reads who they are that have a name; the look that found nobody registers it. */
export function candidatesOf(subjectIds: readonly SubjectId[]): Statement {
  return {
    name: 'check-candidates',
    text: `select subject_id as "subjectId", name, uscc, district, status from subject_card where subject_id = any($1::bigint[]) and kind <> 'natural-person' order by subject_id`,
    values: [subjectIds],
  }
}

/** A subject's card with one of its facts; the fact's columns are null where it has none of these items. */
export type CheckRow = FactRow & {
  name: string
  uscc: string | null
  subject_kind: SubjectKind
  status: string | null
  has_fact: boolean
  /** Measures in force whose body asks; null: none. */
  prompts: PromptRow[] | null
}

const FACTS = `select c.subject_id, c.name, c.uscc, c.kind as subject_kind, c.status, p.prompts, f.fact_id is not null as has_fact,
    f.fact_id, f.decided_on, f.item, f.edition, f.authority, f.kind, f.replaces, f.known_from, f.received_on, f.content
  from subject_card c left join lateral (select json_agg(json_build_object('caseId', m.case_id, 'number', m.number, 'measure', m.measure,
        'body', m.body, 'initiator', m.initiator, 'recordId', m.record_id, 'statutes', m.statutes, 'fromDay', m.from_day, 'term', m.term,
        'untilDay', m.until_day, 'untilEvent', m.until_event, 'reviewOn', m.review_on, 'officer', m.officer, 'last', (select
            json_build_object('answerId', a.answer_id, 'answer', a.answer, 'actor', a.actor, 'sealed', encode(a.sealed, 'hex'), 'at', a.at)
          from measure_answer a where a.subject_id = m.subject_id and a.case_id = m.case_id and a.unit = $3 and a.business_no = $4
          order by a.round desc limit 1))
        order by m.case_id) as prompts
      from measure m where m.subject_id = c.subject_id and m.body = $3 and ${inForceOn('$5')}) p on true
    left join fact_content f on f.subject_id = c.subject_id and f.item = any($2::text[])`

/** Cards of subjects, the measures that their officer is prompted with, and their facts of these items (an array literal), oldest first: the read that `look()` registers. */
export function checkStatement(subjectIds: readonly SubjectId[], itemArray: string, scope: PromptScope): Statement {
  const { unit, businessNo, today } = scope
  // One subject has a statement of its own: with a plain value its plan is made once.
  return subjectIds.length === 1
    ? {
        name: 'check-one',
        text: `${FACTS} where c.subject_id = $1 order by f.fact_id`,
        values: [subjectIds[0], itemArray, unit, businessNo, today],
      }
    : {
        name: 'check-set',
        text: `${FACTS} where c.subject_id = any($1::bigint[]) order by c.subject_id, f.fact_id`,
        values: [subjectIds, itemArray, unit, businessNo, today],
      }
}
