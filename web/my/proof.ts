import type { Actor } from '../../src/access/actor.ts'
import { FRESH_MINUTES, isFresh } from '../../src/access/fresh.ts'
import { accountIdOf, hasFactor, hasPasskey, hasPassword } from '../../src/access/sessions.ts'
import { Refusal } from '../../src/base/refusal.ts'
import { giveCode, renewByPassword } from '../../src/factors/give-code.ts'
import { waysOf } from '../../src/identity/routes.ts'
import { type Html, html } from '../portal/html.ts'
import type { Fault, PersonVisit, Rejection } from './page.ts'
import { passkeyButton } from './passkey-button.ts'
import { textField } from './text-field.ts'
import { one, type Typed } from './typed.ts'

/* Proving anew who one is, where an act asks for it: the second factor, or the password of an account that has none. */

/** By what a visitor proves anew who he is. */
export type Proof = {
  /** By a one-time code or a recovery code; else by the password. */
  readonly isByCode: boolean
  readonly hasPasskey: boolean
  /** False: he has none, and proves it by signing in once more where another identity answers for him. */
  readonly hasPassword: boolean
  /** Another identity answers for him, by which he may sign in once more. */
  readonly isFederated: boolean
}

/** What an act that asks for a fresh proof needs of this visitor before it; null where he gave it within the last ten minutes. */
export async function proofAsked({ site: { app }, actor }: PersonVisit): Promise<Proof | null> {
  if (isFresh(app, actor)) return null
  const accountId = accountIdOf(actor)
  const isByCode = await hasFactor(app.db, accountId)
  return {
    isByCode,
    hasPasskey: isByCode && (await hasPasskey(app.db, accountId)),
    hasPassword: !isByCode && (await hasPassword(app.db, accountId)),
    isFederated: !isByCode && actor.assurance.startsWith('federated'),
  }
}

/**
 * The field of a proof, for the form that asks for it. `back`: where whoever proves it elsewhere is led. `stay`: the id of the form that a
 * passkey makes ready to be sent as it is filled in; without it the passkey leads to `back`.
 */
export function proofFields(visit: PersonVisit, proof: Proof, rejection: Rejection, place: ProofPlace): Html {
  const { site, csrf } = visit
  const { say, app } = site
  const field = proof.isByCode
    ? textField(site, rejection, {
        name: 'factor-code',
        value: '',
        most: 40,
        hint: say('my.factor-code-hint'),
        more: html` autocomplete="one-time-code" autocapitalize="characters" spellcheck="false"`,
      })
    : proof.hasPassword
      ? textField(site, rejection, {
          name: 'password',
          value: '',
          most: 200,
          more: html` type="password" autocomplete="current-password"`,
        })
      : html``
  const ways = proof.isFederated ? waysOf(app, 'subjects') : []
  const again = ways.map(
    ({ name, start }) =>
      html`<p class="hint"><a href="${`${start}&anew=1&${new URLSearchParams({ back: place.back }).toString()}`}">${say('my.proof-federated', { name })}</a></p>`,
  )
  return html`${field}${again}${proof.isByCode || proof.hasPassword ? (place.button ?? '') : ''}${proof.hasPasskey ? passkeyButton(site, 'renew', place.back, csrf, { stay: place.stay }) : ''}`
}

export type ProofPlace = { readonly back: string; readonly stay?: string; readonly button?: Html }

/** Who it is, made sure of anew, or what is missing for it. */
export type Proved = { readonly actor: Actor } | { readonly faults: readonly Fault[] }

/**
 * Takes the proof out of what was typed: the visitor goes on with his session renewed, and what is refused after that does not take it back.
 * Refuses what `giveCode` and `renewByPassword` refuse.
 */
export async function giveProof(visit: PersonVisit, typed: Typed): Promise<Proved> {
  const { site, actor, address } = visit
  const { app, say } = site
  if (await hasFactor(app.db, accountIdOf(actor))) {
    const code = one(typed, 'factor-code').slice(0, 40)
    if (code === '') return { faults: [{ field: 'factor-code', sentence: say('my.factor-code-missing') }] }
    return await visit.carryOn((await giveCode(app, actor, { code, address })).token)
  }
  if (!(await hasPassword(app.db, accountIdOf(actor))))
    throw new Refusal('access.not-fresh', null, { minutes: FRESH_MINUTES }, 403)
  const password = (typed.get('password')?.[0] ?? '').slice(0, 200)
  if (password === '') return { faults: [{ field: 'password', sentence: say('my.password-missing') }] }
  return await visit.carryOn(await renewByPassword(app, actor, { password, address }))
}

const AT_FIELD: Readonly<Record<string, string>> = { 'factor.code-wrong': 'factor-code', 'access.wrong-password': 'password' }

/** A wrong code or password is a fault of its field. */
export function proofAtField({ faults, problem }: Rejection): Rejection {
  const field = problem && AT_FIELD[problem.code]
  return field ? { faults: [{ field, sentence: problem.title }], problem: null } : { faults, problem }
}
