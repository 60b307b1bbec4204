import type { Query, Row } from '../db/database.ts'

/*
 * Codes that somebody holds and the platform keeps as a mac: which of them only one key can still recognise. A test compares this list with the
 * columns of the schema that hold macs.
 */

export type CodePlace = {
  /** The kind of code, as words/parts/crypto.yaml names it under `waiting-code`. */
  readonly kind: 'activation' | 'invitation' | 'authorisation' | 'recovery' | 'reset' | 'first'
  /** The column of the mac; beside it stands `mac_key`. */
  readonly place: string
  /** Which rows wait still, at the instant $1. */
  readonly waits: string
  /** The column of the last instant; left out: the code stays good until it is used or made anew. */
  readonly until?: string
}

export const CODES: readonly CodePlace[] = [
  {
    kind: 'activation',
    place: 'account_activation.code_mac',
    waits: 'used_at is null and expires_at > $1 and not exists (select from account a where a.account_id = t.account_id)',
    until: 'expires_at',
  },
  {
    kind: 'invitation',
    place: 'mandate_invitation.code_mac',
    waits: 'settled_at is null and expires_at > $1',
    until: 'expires_at',
  },
  {
    kind: 'authorisation',
    place: 'authorisation_request.code_mac',
    waits: 'ends_at > $1 and not exists (select from authorisation_answer a where a.request_id = t.request_id)',
    until: 'ends_at',
  },
  {
    kind: 'recovery',
    place: 'recovery_code.code_mac',
    waits:
      'used_at is null and made_at <= $1 and exists (select from account a where a.account_id = t.account_id and a.closed_at is null)',
  },
  {
    kind: 'reset',
    place: 'password_reset.code_mac',
    waits: 'code_mac is not null and used_at is null and closed_at is null and ends_at > $1',
    until: 'ends_at',
  },
  {
    kind: 'first',
    place: 'first_code.code_mac',
    waits: 'used_at is null and closed_at is null and ends_at > $1',
    until: 'ends_at',
  },
]

const tableOf = (place: string): string => place.split('.')[0] ?? ''

/** Rows `keyId, count` of the codes of a place that wait at $1 and name their key. */
export function codesByKey({ place, waits }: CodePlace): string {
  return `select mac_key as "keyId", count(*)::int as count from ${tableOf(place)} t where mac_key is not null and ${waits} group by 1 order by 1`
}

/** Codes of one kind that wait; `until`: when the last of them ends, null where they do not end by a date. */
export type WaitingCodes = { readonly kind: CodePlace['kind']; readonly count: number; readonly until: Date | null }

/** What waits at an instant that only this key recognises, or may: a code kept before its key was written down counts for every key. */
export async function waitingCodes(query: Query, keyId: string, at: Date): Promise<WaitingCodes[]> {
  const found: WaitingCodes[] = []
  for (const { kind, place, waits, until } of CODES) {
    const row = await query.row<{ count: number; until: Date | null } & Row>({
      text: `select count(*)::int as count, ${until ? `max(${until})` : 'null::timestamptz'} as until from ${tableOf(place)} t
        where coalesce(mac_key, $2) = $2 and ${waits}`,
      values: [at, keyId],
    })
    if (row && row.count > 0) found.push({ kind, count: row.count, until: row.until })
  }
  return found
}
