import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import type { Role } from '../access/actor.ts'
import { openActivated } from '../access/testing.ts'
import type { SubjectId } from '../base/id.ts'
import { SESSION_COOKIE } from '../http/session.ts'
import type { TestApp } from '../testing-app.ts'
import { codeAt } from './totp.ts'

/* One who signs in over HTTP for tests: keeps cookie and CSRF value, and an authenticator app of its own. */

export const PASSWORD = 'yi-ge-ceshi-mima'

export type Person = {
  readonly login: string
  /** The token that its cookie holds. */
  token(): string
  ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object): Promise<LightMyRequestResponse>
  signIn(password?: string): Promise<LightMyRequestResponse>
  /** Sets up one-time codes; answers the recovery codes. */
  enrolTotp(): Promise<string[]>
  /** The code of its app, `seconds` from now. */
  code(seconds?: number): string
}

let made = 0

/** Makes an account of a unit, or of a subject, and who uses it. */
export async function openPerson(
  t: TestApp,
  http: FastifyInstance,
  roles: readonly Role[],
  of: { unit?: string; subjectId?: SubjectId; address?: string } = {},
): Promise<Person> {
  const login = `person-${++made}`
  const unit = of.subjectId === undefined ? (of.unit ?? 'ecology-environment') : null
  const subject = of.subjectId === undefined ? {} : { subjectId: of.subjectId }
  await openActivated(t.app, { login, name: `某员${made}`, unit, roles, password: PASSWORD, ...subject })
  return personOf(t, http, login, of.address ?? `10.7.${made % 250}.1`)
}

/** One who uses an account that there is. */
export function personOf(t: TestApp, http: FastifyInstance, login: string, remoteAddress = '10.7.0.1'): Person {
  let token = ''
  let csrf = ''
  let secret = Buffer.alloc(0)
  const ask: Person['ask'] = async (method, path, payload) => {
    const answer = await http.inject({
      method,
      url: path.startsWith('/api') || path.startsWith('/my') ? path : `/api/v1${path}`,
      remoteAddress,
      headers: { 'x-csrf': csrf, 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/120.0' },
      cookies: token ? { [SESSION_COOKIE]: token } : {},
      ...(payload ? { payload } : {}),
    })
    const cookie = answer.cookies.find(one => one.name === SESSION_COOKIE)
    if (cookie) {
      token = cookie.value
      csrf = answer.statusCode < 300 ? (answer.json<{ csrf?: string }>().csrf ?? '') : csrf
    }
    return answer
  }
  return {
    login,
    token: () => token,
    ask,
    signIn: (password = PASSWORD) => ask('POST', '/sessions', { login, password }),
    enrolTotp: async () => {
      const { uri } = (await ask('POST', '/account/totp')).json<{ uri: string }>()
      secret = Buffer.from(fromBase32(new URL(uri).searchParams.get('secret') ?? ''))
      const answer = await ask('POST', '/account/totp/confirm', { code: codeAt(secret, t.app.now()) })
      if (answer.statusCode !== 200) throw new Error(answer.body)
      return answer.json<{ recoveryCodes: string[] | null }>().recoveryCodes ?? []
    },
    code: (seconds = 0) => codeAt(secret, new Date(t.app.now().getTime() + seconds * 1000)),
  }
}

/** The code of a secret as it stands in an address or is typed. */
export function codeOfUri(secret: string, at: Date): string {
  return codeAt(Buffer.from(fromBase32(secret)), at)
}

function fromBase32(text: string): number[] {
  const bits = [...text].map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return (bits.match(/.{8}/g) ?? []).map(byte => Number.parseInt(byte, 2))
}
