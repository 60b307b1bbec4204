import type { FastifyInstance } from 'fastify'

/* A browser without scripts, as far as forms need one: keeps cookies, fills in the forms it was given, follows where it is led. */

export type Visited = {
  readonly status: number
  readonly path: string
  readonly html: string
  readonly bytes: Buffer
  readonly headers: Headers
}
type Headers = Readonly<Record<string, string | string[] | number | undefined>>
type Values = Readonly<Record<string, string | readonly string[]>>

export type Visitor = {
  open(path: string): Promise<Visited>
  /** Sends the form of the page that was opened last, with its hidden values and these; `without` leaves some of them out. */
  send(action: string, values?: Values, without?: readonly string[]): Promise<Visited>
  /** The same with files, as a form that takes some sends them. */
  sendFiles(action: string, values: Values, files: readonly { name: string; bytes: Buffer }[]): Promise<Visited>
  forget(cookie: string): void
}

const FORM = 'application/x-www-form-urlencoded'
const BOUNDARY = 'mingxin-test-boundary'

export function openVisitor(http: FastifyInstance): Visitor {
  const cookies = new Map<string, string>()
  let last = ''
  const ask = async (method: 'GET' | 'POST', path: string, payload?: string | Buffer, type = FORM): Promise<Visited> => {
    const answer = await http.inject({
      method,
      url: path,
      headers: { accept: 'text/html', ...(payload === undefined ? {} : { 'content-type': type }) },
      cookies: Object.fromEntries(cookies),
      ...(payload === undefined ? {} : { payload }),
    })
    for (const { name, value, maxAge } of answer.cookies as { name: string; value: string; maxAge?: number }[])
      if (value === '' || maxAge === 0) cookies.delete(name)
      else cookies.set(name, value)
    const to = answer.headers.location
    if (answer.statusCode === 303 && typeof to === 'string') return await ask('GET', to)
    last = answer.body
    return { status: answer.statusCode, path, html: answer.body, bytes: answer.rawPayload, headers: answer.headers }
  }
  return {
    open: path => ask('GET', path),
    send: (action, values = {}, without = []) => {
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries({ ...hiddenOf(last, action), ...values }))
        if (!without.includes(name)) for (const one of [value].flat()) body.append(name, one)
      return ask('POST', action, body.toString())
    },
    sendFiles: (action, values, files) => {
      const fields = Object.entries({ ...hiddenOf(last, action), ...values })
      const line = (text: string): Buffer => Buffer.from(`${text}\r\n`)
      const head = (more: string): Buffer => line(`--${BOUNDARY}\r\ncontent-disposition: form-data; ${more}`)
      const body = Buffer.concat([
        ...fields.flatMap(([name, value]) => [head(`name="${name}"`), line(''), line([value].flat().join())]),
        ...files.flatMap(file => [
          head(`name="file"; filename="${file.name}"`),
          line('content-type: application/octet-stream\r\n'),
          file.bytes,
          line(''),
        ]),
        line(`--${BOUNDARY}--`),
      ])
      return ask('POST', action, body, `multipart/form-data; boundary=${BOUNDARY}`)
    },
    forget: cookie => void cookies.delete(cookie),
  }
}

/** The hidden values of the form with this action. Fails where the page has no such form. */
function hiddenOf(page: string, action: string): Record<string, string> {
  const form = page.split('<form').find(one => one.includes(`action="${action.replaceAll('&', '&amp;')}"`))
  if (form === undefined) throw new Error(`no form leads to ${action}`)
  const inputs = form.split('</form>')[0]?.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g) ?? []
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]))
}

/** What a person reads of a page: without markup, blanks joined. */
export function plain(page: string): string {
  return page
    .replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/\s+/g, ' ')
}
