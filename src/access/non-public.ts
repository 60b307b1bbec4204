/*
 * The tables that hold what is in somebody's file, and what was looked at or done about it. The plain login of the API's door may select none
 * of them (but for the columns named); the look's login those that a look reads. The test of the logins (src/db/logins.test.ts) and the house
 * check walk this list; a table that stands in it nowhere is plain: the door reads it.
 */

export type NonPublicTable = {
  readonly table: string
  readonly why: string
  /** Whether a look reads it; the others are read by changes and the line alone. */
  readonly byLook: boolean
  /** Columns that the door may read without a look. */
  readonly plain?: readonly string[]
}

const COUNTS = ['received', 'filed', 'duplicate', 'corrected', 'annulled', 'refused', 'waiting', 'warned'] as const

export const NON_PUBLIC: readonly NonPublicTable[] = [
  { table: 'fact', why: 'that a record exists is told by its skeleton', byLook: false },
  { table: 'fact_content', why: 'the records themselves, minor and expired ones too', byLook: true },
  { table: 'record_standing', why: 'what a case has made of a record', byLook: false },
  { table: 'record_standing_end', why: 'why it no longer holds', byLook: false },
  { table: 'subject_comment', why: 'that a subject said something beside a record that is not public', byLook: false },
  { table: 'subject_comment_end', why: 'that it took it back', byLook: false },
  { table: 'frozen_content', why: 'records past their term that are kept under lock', byLook: true },
  { table: 'former_content', why: 'contents that were replaced', byLook: false },
  { table: 'person_secret', why: 'ID numbers, sealed', byLook: true },
  { table: 'subject_card', why: 'natural persons stand beside organisations', byLook: true },
  { table: 'subject_name', why: 'names of natural persons', byLook: true },
  { table: 'identifier', why: 'who has which code; blind indexes of ID numbers', byLook: true },
  { table: 'identifier_lookup', why: 'answers ids to an exact code only, through functions', byLook: false },
  { table: 'name_lookup', why: 'answers ids to an exact name only, through functions', byLook: false },
  { table: 'record_key', why: 'that a record exists, by the digest of its number', byLook: false },
  {
    table: 'waiting_row',
    why: 'the row as sent and whom it may be about; where it came from and why it waits names nobody',
    byLook: true,
    plain: ['waiting_id', 'delivery_id', 'row_no', 'unit', 'item', 'reason', 'opened_at', 'decided_at'],
  },
  { table: 'waiting_decision', why: 'whose record a row was decided to be', byLook: true },
  {
    table: 'delivery_chunk',
    why: 'rows as sent, and whose they are; counts name nobody',
    byLook: true,
    plain: ['delivery_id', 'chunk_no', 'first_row', 'last_row', ...COUNTS, 'settled_at'],
  },
  {
    table: 'report',
    why: 'special reports hold what is not public; of public ones there is the view public_report',
    byLook: true,
  },
  { table: 'report_end', why: 'why a subject’s report may no longer be served', byLook: true },
  {
    table: 'case_draft',
    why: 'what somebody has begun to write and not sent, sealed: only its writer reads it',
    byLook: true,
    plain: ['paper_ids', 'saved_at'],
  },
  { table: 'rights_text', why: 'what a person asked for in its own words, sealed', byLook: true },
  {
    table: 'notice',
    why: 'what was served on somebody, sealed; its number and state name nobody',
    byLook: true,
    plain: [
      ...[
        'subject_id',
        'notice_id',
        'case_id',
        'unit',
        'to_unit',
        'year',
        'no',
        'number',
        'notice',
        'edition',
        'made_at',
        'made_on',
      ],
      ...['served_on', 'act_id'],
    ],
  },
  {
    table: 'notice_service',
    why: 'where a letter went, sealed; by which way and what came of it names nobody',
    byLook: true,
    plain: [
      ...['subject_id', 'notice_id', 'service_id', 'serial', 'channel', 'outcome', 'at', 'on_day', 'actor', 'reason'],
      'act_id',
    ],
  },
  { table: 'service_address', why: 'where somebody wants to be reached, sealed', byLook: true },
  {
    table: 'campaign_batch',
    why: 'about whom cases are to be opened and what they are held to have done, sealed; how long the list is names nobody',
    byLook: false,
    plain: ['campaign_id', 'batch_id', 'unit', 'procedure', 'digest', 'row_count', 'actor', 'at', 'act_id'],
  },
  { table: 'case_text', why: 'what was written with an act of a case, sealed', byLook: true },
  { table: 'commitment', why: 'what was promised to whom, by its number; not all of it is for the public', byLook: true },
  {
    table: 'measure',
    why: 'which measure somebody is under, and on which record it rests; its number, body and end name nobody',
    byLook: true,
    plain: [
      ...['subject_id', 'case_id', 'number', 'measure', 'body', 'initiator', 'from_day', 'term', 'until_day', 'until_event'],
      'review_on',
    ],
  },
  {
    table: 'measure_end',
    why: 'that a measure of somebody’s has ended; of which, by its case, names nobody',
    byLook: true,
    plain: ['subject_id', 'case_id', 'at', 'on_day', 'because'],
  },
  {
    table: 'measure_answer',
    why: 'in which matter a measure was applied, by whom and why; how often names nobody',
    byLook: true,
    plain: ['subject_id', 'case_id', 'answer_id', 'unit', 'answer', 'at', 'on_day'],
  },
  { table: 'case_record', why: 'which records a case has filed; what they say stands with them', byLook: true },
  { table: 'case_paper', why: 'papers that were handed in', byLook: true },
  { table: 'retention_receipt', why: 'that a record existed', byLook: false },
  { table: 'look', why: 'who looked at whom', byLook: true },
  { table: 'look_miss', why: 'who looked for somebody', byLook: true },
  { table: 'act', why: 'who did what about whom', byLook: false },
  { table: 'ledger_batch', why: 'the log’s own; nobody reads it at a door', byLook: false },
  { table: 'ledger_tile', why: 'the log’s own; nobody reads it at a door', byLook: false },
]
