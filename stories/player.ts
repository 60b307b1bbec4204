import assert from 'node:assert/strict'
import type { DeliveryView } from '../src/intake/contract.ts'
import { PASSWORD } from './cast.ts'

/* One who acts over HTTP as a browser or a program does: with a session and its CSRF value, with a token, or as nobody. */

export type Answer = {
  readonly status: number
  readonly type: string
  readonly bytes: Buffer
  readonly text: string
  /** The body as JSON; throws where it is none. */
  json<T>(): T
}

export type Player = {
  get(path: string, accept?: string): Promise<Answer>
  post(path: string, body: unknown): Promise<Answer>
  /** A form of the portal, as a page without script sends it. */
  submit(path: string): Promise<Answer>
  /** The page of an address as plain text; fails where there is none. */
  reads(path: string): Promise<string>
  /** Sends a file in a form, as browsers and programs do. */
  upload(path: string, source: string, fileName: string, content: string | Uint8Array): Promise<Answer>
  /** Sends a file and answers its outcome once the worker is through with it. */
  sends(source: string, fileName: string, content: string | Uint8Array): Promise<DeliveryView>
}

type Opening = {
  readonly address: string
  readonly login: string | null
  readonly token: string | null
  readonly now: () => Date
  readonly settle: () => Promise<void>
}

type Session = { readonly headers: Readonly<Record<string, string>>; readonly at: number }

/** A session is over an hour after its last use; whoever was away for nearly as long signs in anew. */
const AWAY_MS = 50 * 60_000
const LONGEST_MS = 120_000

export function openPlayer({ address, login, token, now, settle }: Opening): Player {
  let session: Session | null = null
  const headers = async (): Promise<Readonly<Record<string, string>>> => {
    if (token) return { authorization: `Bearer ${token}` }
    if (!login) return {}
    if (!session || now().getTime() - session.at > AWAY_MS) session = await signIn(address, login, now())
    return session.headers
  }
  const ask = async (path: string, init: RequestInit & { headers?: Record<string, string> }): Promise<Answer> =>
    read(
      await fetch(new URL(path, address), {
        signal: AbortSignal.timeout(LONGEST_MS),
        ...init,
        headers: { ...(await headers()), ...init.headers },
      }),
    )
  const get = (path: string, accept = 'application/json'): Promise<Answer> => ask(path, { headers: { accept } })
  const upload = (path: string, source: string, fileName: string, content: string | Uint8Array): Promise<Answer> => {
    const form = new FormData()
    form.set('source', source)
    form.set('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), fileName)
    return ask(path, { method: 'POST', body: form })
  }
  return {
    get,
    post: (path, body) =>
      ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    submit: path => ask(path, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '' }),
    reads: async path => {
      const page = await get(path, 'text/html')
      assert.equal(page.status, 200, `${path}: ${page.status} ${page.text.slice(0, 300)}`)
      return plainText(page.text)
    },
    upload,
    sends: async (source, fileName, content) => {
      const sent = await upload('/api/v1/deliveries', source, fileName, content)
      assert.equal(sent.status, 202, sent.text)
      await settle()
      return (await get(`/api/v1/deliveries/${sent.json<DeliveryView>().deliveryId}`)).json<DeliveryView>()
    },
  }
}

async function signIn(address: string, login: string, at: Date): Promise<Session> {
  const body = JSON.stringify({ login, password: PASSWORD })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${address}/api/v1/sessions`, { method: 'POST', headers, body })
  assert.equal(answer.status, 201, `${login} signs in: ${answer.status}`)
  const { csrf } = (await answer.json()) as { csrf: string }
  const cookie = answer.headers
    .getSetCookie()
    .map(one => one.split(';')[0])
    .join('; ')
  return { headers: { cookie, 'x-csrf': csrf }, at: at.getTime() }
}

async function read(answer: Response): Promise<Answer> {
  const bytes = Buffer.from(await answer.arrayBuffer())
  const text = bytes.toString('utf8')
  return {
    status: answer.status,
    type: (answer.headers.get('content-type') ?? '').split(';')[0] ?? '',
    bytes,
    text,
    json: <T>() => JSON.parse(text) as T,
  }
}

/** What a person reads of a page: without markup, blanks joined. */
export function plainText(html: string): string {
  return html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/&(?:#39|quot|lt|gt|amp);/g, ' ')
    .replace(/\s+/g, ' ')
}
