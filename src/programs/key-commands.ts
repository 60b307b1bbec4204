import { randomBytes } from 'node:crypto'
import type { Actor } from '../access/actor.ts'
import { type Change, change } from '../access/change.ts'
import type { App } from '../app.ts'
import { NotAllowed, NotFound, Refusal } from '../base/refusal.ts'
import { lockOpen } from './commands.ts'
import { actorIdOf, keyState, MOST_KEYS } from './model.ts'
import { type Algorithm, newSecret, readPublicKey } from './signing.ts'
import * as store from './store.ts'
import { secretPlace } from './verify-request.ts'

/*
 * Keys of a program. Several stand at a time, so one is exchanged without a pause: add the new one, switch, end the old one. What a person
 * added waits for another to confirm it; what the program added itself came signed by a key that is in use already.
 */

export type NewKey = {
  readonly algorithm: Algorithm
  /** Of an Ed25519 key: PEM, base64 or JWK. */
  readonly publicKey?: string | undefined
  readonly fromAt?: Date | undefined
  readonly untilAt?: Date | undefined
}
export type MadeKey = {
  readonly keyId: string
  /** Base64url of the 32 bytes of a shared secret; answered once and never again. */
  readonly secret: string | null
  readonly isConfirmed: boolean
}

/**
 * Adds a key. Refuses what is no Ed25519 public key, a term that ends before it begins (`program-key.term`), one too many
 * (`program-key.too-many`), and a program that is over.
 */
export async function addKey(app: App, actor: Actor, programId: number, wanted: NewKey): Promise<MadeKey> {
  const keyId = `k${programId}-${randomBytes(6).toString('hex')}`
  const secret = wanted.algorithm === 'hmac-sm3' ? newSecret() : null
  const material = secret ? app.keys.seal('data', secret, secretPlace(keyId)) : readPublicKey(wanted.publicKey ?? '')
  const fromAt = wanted.fromAt ?? app.now()
  if (wanted.untilAt && wanted.untilAt <= fromAt) throw new Refusal('program-key.term', null, {}, 422)
  const isOwn = actor.id === actorIdOf(programId)
  const detail = { keyId, algorithm: wanted.algorithm, fromAt, untilAt: wanted.untilAt ?? null }
  await change(app, actor, { deed: 'program-key.add', entity: `program:${programId}`, detail }, async made => {
    await lockOpen(made.tx, programId, made.today)
    await requireRoom(made, programId)
    await store.insertKey(made.tx, {
      ...{ keyId, programId, algorithm: wanted.algorithm, material, fromAt, untilAt: wanted.untilAt ?? null },
      ...{ madeAt: made.at, madeBy: actor.id, revokedAt: null },
      ...(isOwn ? { confirmedAt: made.at, confirmedBy: actor.id } : { confirmedAt: null, confirmedBy: null }),
    })
  })
  return { keyId, secret: secret?.toString('base64url') ?? null, isConfirmed: isOwn }
}

async function requireRoom(made: Change, programId: number): Promise<void> {
  const standing = (await store.listKeys(made.tx, [programId])).filter(
    key => !['ended', 'revoked'].includes(keyState(key, made.at)),
  )
  if (standing.length >= MOST_KEYS) throw new Refusal('program-key.too-many', null, { most: MOST_KEYS })
}

/** How a key ends: at an instant, with its tokens living out their half hour; or, lost or known to others, at once with its tokens. */
export type KeyEnd = { readonly keyId: string; readonly untilAt?: Date | undefined; readonly isLost?: boolean | undefined }

/**
 * Ends a key of a program. A program that ends its own keeps one that is in use then (`program-key.last`): it would lock itself out.
 * Refuses `program-key.unknown`, and an end that lies in the past.
 */
export async function endKey(app: App, actor: Actor, programId: number, end: KeyEnd): Promise<void> {
  const { keyId, isLost = false } = end
  const untilAt = end.untilAt ?? app.now()
  const detail = { keyId, ...(isLost ? { isLost } : { untilAt }) }
  const deed = isLost ? 'program-key.revoke' : 'program-key.end'
  await change(app, actor, { deed, entity: `program:${programId}`, detail }, async made => {
    await store.lockProgram(made.tx, programId)
    const keys = await store.listKeys(made.tx, [programId])
    const key = keys.find(one => one.keyId === keyId)
    if (!key || ['ended', 'revoked'].includes(keyState(key, made.at))) throw new NotFound('program-key.unknown')
    if (untilAt < made.at) throw new Refusal('program-key.term', null, {}, 422)
    const others = keys.filter(one => one.keyId !== keyId && keyState(one, isLost ? made.at : untilAt) === 'valid')
    if (actor.id === actorIdOf(programId) && others.length === 0) throw new Refusal('program-key.last')
    if (isLost) await store.revokeKeyRow(made.tx, keyId, made.at)
    else await store.endKeyRow(made.tx, keyId, untilAt)
  })
}

/** The number of the program that acts for itself. Refuses everybody else. */
export function ownProgramId(actor: Actor): number {
  const [, digits] = /^program:(\d+)$/.exec(actor.id) ?? []
  if (digits === undefined) throw new NotAllowed('program.not-a-program')
  return Number(digits)
}
