/*
 * Every column that holds something sealed: read by the check of keys, and by the command that seals it anew. A test compares this list with the
 * columns of the schema that hold ciphertext.
 */

export type SealedPlace = {
  readonly place: string
  /** The table, and what of it is asked. */
  readonly table: string
  readonly column: string
  /** What the sealed value is bound to, as SQL. */
  readonly aad: string
  /** Which rows hold something sealed; left out: all. */
  readonly where?: string
  /** The key of a row: column → its type. Left out where the value may not be sealed anew. */
  readonly key?: Readonly<Record<string, string>>
  /** Why it may not be. */
  readonly bound?: string
  /** For a place that needs statements of its own. */
  readonly uses?: string
  readonly probe?: string
  /** Reads every row of a large table: only when asked for. */
  readonly isLong?: true
}

const keyIdOf = (column: string): string => `encode(substring(${column} from 3 for 4), 'hex')`
const countedBy = (keyId: string, from: string): string =>
  `select ${keyId} as "keyId", count(*) as count from ${from} group by 1 order by 1`
/** A field of a content that was sealed in place: version 1, algorithm 1 or 2, in base64url. */
const IN_CONTENT = `regexp_matches(content::text, '"sealed:(AQ[E-L][A-Za-z0-9_-]{40,})"', 'g') as found`
const CONTENT_BYTES = `decode(rpad(translate(found[1], '-_', '+/'), (length(found[1]) + 3) / 4 * 4, '='), 'base64')`

export const SEALED: readonly SealedPlace[] = [
  {
    place: 'person_secret.sealed',
    table: 'person_secret',
    column: 'sealed',
    aad: "'person_secret:' || kind",
    key: { subject_id: 'bigint', kind: 'text' },
    probe: `select sealed, 'person_secret:' || kind as aad, kind, value as blind from person_secret
      left join identifier using (subject_id, kind) where ${keyIdOf('sealed')} = $1 limit 1`,
  },
  {
    place: 'case_text.sealed',
    table: 'case_text',
    column: 'sealed',
    aad: "'case_text:' || case_id || ':' || entry_no",
    key: { subject_id: 'bigint', case_id: 'bigint', entry_no: 'integer' },
  },
  {
    place: 'measure_answer.sealed',
    table: 'measure_answer',
    column: 'sealed',
    aad: "'measure_answer:' || answer_id",
    where: 'sealed is not null',
    key: { subject_id: 'bigint', case_id: 'bigint', answer_id: 'bigint' },
  },
  {
    place: 'campaign_batch.sealed',
    table: 'campaign_batch',
    column: 'sealed',
    aad: "'campaign_batch:' || batch_id",
    key: { campaign_id: 'bigint', batch_id: 'bigint' },
  },
  {
    place: 'case_paper.sealed_name',
    table: 'case_paper',
    column: 'sealed_name',
    aad: "'case_paper:' || paper_id",
    key: { subject_id: 'bigint', case_id: 'bigint', paper_id: 'bigint' },
  },
  {
    place: 'case_upload.sealed_name',
    table: 'case_upload',
    column: 'sealed_name',
    aad: "'case_paper:' || paper_id",
    key: { paper_id: 'bigint' },
  },
  {
    place: 'case_draft.sealed',
    table: 'case_draft',
    column: 'sealed',
    aad: "'case_draft:' || subject_id || ':' || actor || ':' || draft_key",
    key: { subject_id: 'bigint', actor: 'text', draft_key: 'text' },
  },
  {
    place: 'delivery_chunk.kept_rows',
    table: 'delivery_chunk',
    column: 'kept_rows',
    aad: "'delivery_chunk:' || delivery_id || ':' || chunk_no",
    where: 'octet_length(kept_rows) > 0',
    key: { delivery_id: 'bigint', chunk_no: 'integer' },
  },
  {
    place: 'waiting_row.sealed',
    table: 'waiting_row',
    column: 'sealed',
    aad: "'waiting_row:' || waiting_id",
    where: 'octet_length(sealed) > 0',
    key: { waiting_id: 'bigint' },
  },
  {
    place: 'account_activation.sealed',
    table: 'account_activation',
    column: 'sealed',
    aad: "'account_activation:' || account_id",
    key: { code_mac: 'bytea' },
  },
  {
    place: 'authorisation.text_sealed',
    table: 'authorisation',
    column: 'text_sealed',
    aad: "'authorisation.text_sealed/' || subject_id || '/' || authorisation_id",
    key: { subject_id: 'bigint', authorisation_id: 'bigint' },
  },
  {
    place: 'binding.sealed',
    table: 'binding',
    column: 'sealed',
    aad: "'binding:' || binding_id",
    key: { binding_id: 'bigint' },
  },
  {
    place: 'binding.evidence',
    table: 'binding',
    column: 'evidence',
    aad: "'binding:' || binding_id",
    key: { binding_id: 'bigint' },
  },
  {
    place: 'mandate.evidence',
    table: 'mandate',
    column: 'evidence',
    aad: "'mandate:' || mandate_id",
    key: { subject_id: 'bigint', mandate_id: 'bigint' },
  },
  {
    place: 'mandate_invitation.sealed',
    table: 'mandate_invitation',
    column: 'sealed',
    aad: "'mandate_invitation:' || invitation_id",
    key: { subject_id: 'bigint', invitation_id: 'bigint' },
  },
  {
    place: 'federated_session.id_token',
    table: 'federated_session',
    column: 'id_token',
    aad: "'federated_session:' || provider",
    key: { session_id: 'bigint' },
  },
  {
    place: 'identity_request.sealed',
    table: 'identity_request',
    column: 'sealed',
    aad: "'identity_request:' || provider",
    key: { state_digest: 'bytea' },
  },
  {
    place: 'notice.sealed',
    table: 'notice',
    column: 'sealed',
    aad: "'notice:' || notice_id",
    key: { subject_id: 'bigint', notice_id: 'bigint' },
  },
  {
    place: 'notice_service.sealed',
    table: 'notice_service',
    column: 'sealed',
    aad: "'notice_service:' || serial",
    key: { subject_id: 'bigint', notice_id: 'bigint', service_id: 'bigint' },
  },
  {
    place: 'service_address.sealed',
    table: 'service_address',
    column: 'sealed',
    aad: "'service_address:' || address_id",
    key: { subject_id: 'bigint', address_id: 'bigint' },
  },
  {
    place: 'rights_text.sealed',
    table: 'rights_text',
    column: 'sealed',
    aad: "'rights_text:' || request_id || ':' || entry_no",
    key: { subject_id: 'bigint', request_id: 'bigint', entry_no: 'integer' },
  },
  {
    place: 'signing_key.material',
    table: 'signing_key',
    column: 'material',
    aad: "'signing_key.material ' || key_id",
    where: "algorithm = 'hmac-sm3'",
    key: { key_id: 'text' },
  },
  {
    place: 'totp_factor.secret',
    table: 'totp_factor',
    column: 'secret',
    aad: "'totp_factor:' || account_id || ':' || factor_id",
    key: { account_id: 'bigint', factor_id: 'bigint' },
  },
  {
    place: 'fact_content.content',
    table: 'fact_content',
    column: 'content',
    aad: "'content'",
    bound: 'the log holds a commitment to the bytes of a content: sealed anew it would no longer be what was filed',
    uses: countedBy(keyIdOf(CONTENT_BYTES), `fact_content, ${IN_CONTENT}`),
    probe: `select ${CONTENT_BYTES} as sealed, 'content' as aad from fact_content, ${IN_CONTENT} where ${keyIdOf(CONTENT_BYTES)} = $1 limit 1`,
    isLong: true,
  },
]

/** Rows `keyId, count` of a place. */
export function usesOf({ table, column, where = 'true', uses }: SealedPlace): string {
  return uses ?? countedBy(keyIdOf(column), `${table} where ${column} is not null and ${where}`)
}

/** One row `sealed, aad` of the key $1, with `kind` and `blind` where an index stands beside it. */
export function probeOf({ table, column, aad, where = 'true', probe }: SealedPlace): string {
  return probe ?? `select ${column} as sealed, ${aad} as aad from ${table} where ${where} and ${keyIdOf(column)} = $1 limit 1`
}

/**
 * Rows that are sealed with another key than $1, at most $2 of them, in the order of their keys: `sealed, aad` and the key of the row. With
 * `after`, those whose key comes after $3…
 */
export function staleOf({ table, column, aad, where = 'true', key = {} }: SealedPlace, after: boolean): string {
  const names = Object.keys(key).join(', ')
  const rest = Object.values(key).map((type, i) => `$${i + 3}::${type}`)
  return `select ${column} as sealed, ${aad} as aad, ${names} from ${table}
    where ${column} is not null and ${where} and ${keyIdOf(column)} <> $1 ${after ? `and (${names}) > (${rest.join(', ')})` : ''}
    order by ${names} limit $2`
}

/** Puts values in place of the old ones: $1 the old ones, $2 the new ones, then the columns of the key; a row changed meanwhile stays. */
export function resealOf({ table, column, key = {} }: SealedPlace): string {
  const names = Object.keys(key)
  const lists = Object.values(key).map((type, i) => `$${i + 3}::${type}[]`)
  return `update ${table} t set ${column} = n.fresh from unnest($1::bytea[], $2::bytea[], ${lists.join(', ')}) as n (stale, fresh, ${names.join(', ')})
    where ${names.map(name => `t.${name} = n.${name}`).join(' and ')} and t.${column} = n.stale`
}
