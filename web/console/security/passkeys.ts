import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import {
  addPasskey,
  askNewPasskey,
  askRenewPasskey,
  askSignInPasskey,
  renewSession,
  signInWithPasskey,
} from '../../../src/factors/contract.ts'
import { type Answer, call, Problem } from '../../kit/call.ts'
import { say } from '../../kit/words.ts'

/* Asks the device for a passkey. What it refuses or the person breaks off becomes one sentence; refusals of the door keep their own. */

export const hasPasskeys = (): boolean => browserSupportsWebAuthn()

/** Whether one can be used at this very address: browsers know none for a bare IP address (WebAuthn level 3, 5.1.3). */
export const canUsePasskeys = (): boolean => hasPasskeys() && !/^(\d+(\.\d+){3}|\[.*\])$/.test(globalThis.location.hostname)

type Creation = Parameters<typeof startRegistration>[0]['optionsJSON']
type Request = Parameters<typeof startAuthentication>[0]['optionsJSON']
type Challenge = Answer<typeof askNewPasskey>

/** The options, on the origin they are for. Throws a sentence elsewhere. */
function optionsHere<Options>({ origin, options }: Challenge): Options {
  if (origin !== globalThis.location.origin) throw told(say('console.security.passkey-elsewhere', { origin }))
  return options as Options
}

const told = (title: string): Problem => new Problem(409, { title, code: 'passkey.not-verified' })

const brokenOff = (): never => {
  throw told(say('console.security.passkey-broken-off'))
}

/** What the device answered, without what it says of extensions: none was asked for. */
async function use(challenge: Challenge) {
  const used = await startAuthentication({ optionsJSON: optionsHere<Request>(challenge) }).catch(brokenOff)
  return { ...used, clientExtensionResults: {} }
}

export async function signInByPasskey(): Promise<Answer<typeof signInWithPasskey>> {
  return await call(signInWithPasskey, { input: { response: await use(await call(askSignInPasskey)) } })
}

export async function renewByPasskey(): Promise<Answer<typeof renewSession>> {
  return await call(renewSession, { input: { response: await use(await call(askRenewPasskey)) } })
}

export async function enrolPasskey(name: string): Promise<Answer<typeof addPasskey>> {
  const optionsJSON = optionsHere<Creation>(await call(askNewPasskey))
  const response = await startRegistration({ optionsJSON }).catch(brokenOff)
  return await call(addPasskey, { input: { name, response: { ...response, clientExtensionResults: {} } } })
}
