/* A browser without scripts over real connections: keeps cookies by host, follows redirects, fills in the forms it was given. */

export type Seen = { readonly status: number; readonly url: string; readonly text: string; readonly headers: Headers }
type Values = Readonly<Record<string, string>>

export type TestBrowser = {
  open(address: string): Promise<Seen>
  /** As `open`, but tells where it would be led instead of going there. */
  peek(address: string): Promise<string>
  /** Sends the only form of the last page whose action contains this text, with its hidden values and these. */
  send(action: string, values?: Values): Promise<Seen>
  /** The text of an answer that is no page to go on from. */
  read(address: string): Promise<string>
  cookies(host: string): ReadonlyMap<string, string>
}

export function openTestBrowser(): TestBrowser {
  const jars = new Map<string, Map<string, string>>()
  let last: Seen | undefined
  const jarOf = (address: string): Map<string, string> => {
    const { host } = new URL(address)
    const jar = jars.get(host) ?? new Map<string, string>()
    jars.set(host, jar)
    return jar
  }
  const ask = async (address: string, body?: URLSearchParams): Promise<Response> => {
    const jar = jarOf(address)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(address, {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie ? { cookie } : {}) },
      ...(body ? { body } : {}),
    })
    for (const line of answer.headers.getSetCookie()) keepCookie(jar, line)
    return answer
  }
  const follow = async (address: string, body?: URLSearchParams): Promise<Seen> => {
    const answer = await ask(address, body)
    const to = answer.headers.get('location')
    if (to !== null && answer.status >= 300) {
      await answer.text()
      return await follow(new URL(to, address).href)
    }
    last = { status: answer.status, url: address, text: await answer.text(), headers: answer.headers }
    return last
  }
  return {
    open: address => follow(address),
    peek: async address => {
      const answer = await ask(address)
      await answer.text()
      return new URL(answer.headers.get('location') ?? '', address).href
    },
    send: (action, values = {}) => {
      if (!last) throw new Error('no page was opened')
      const form = last.text.split('<form').find(one => /action="([^"]*)"/.exec(one)?.[1]?.includes(action))
      if (form === undefined) throw new Error(`no form leads to ${action}: ${last.text.slice(0, 2000)}`)
      const hidden = [...(form.split('</form>')[0] ?? '').matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)]
      const body = new URLSearchParams(
        Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')])),
      )
      for (const [name, value] of Object.entries(values)) body.set(name, value)
      const to = new URL(/action="([^"]*)"/.exec(form)?.[1]?.replaceAll('&amp;', '&') ?? '', last.url)
      if (!/^[^>]*method="get"/.test(form)) return follow(to.href, body)
      to.search = body.toString()
      return follow(to.href)
    },
    read: async address => await (await ask(address)).text(),
    cookies: host => jars.get(host) ?? new Map(),
  }
}

function keepCookie(jar: Map<string, string>, line: string): void {
  const [pair = '', ...rest] = line.split(';')
  const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
  if (value === '' || rest.some(part => /^\s*max-age=0$/i.test(part))) jar.delete(name)
  else jar.set(name, value)
}
