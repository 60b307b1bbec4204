import type { z } from 'zod'
import type { Endpoint } from '../../src/http/endpoint.ts'
import { type Answer, addressOf, csrfHeader, Problem } from './call.ts'

/**
 * Sends a form with a file and tells how much of it has left the machine (0…1), which fetch cannot.
 * Throws a Problem when refused, a TypeError when the network fails, an AbortError when the person stopped it.
 */
export function sendFile<E extends Endpoint>(
  endpoint: E,
  given: { readonly form: FormData; readonly query?: Partial<z.input<E['query']>>; readonly signal?: AbortSignal },
  onSent: (part: number) => void,
): Promise<Answer<E>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(endpoint.method, addressOf(endpoint, given.query ? { query: given.query } : {}))
    request.responseType = 'json'
    request.setRequestHeader('accept', 'application/json, application/problem+json')
    for (const [name, value] of Object.entries(csrfHeader())) request.setRequestHeader(name, value)
    request.upload.onprogress = event => event.lengthComputable && onSent(event.loaded / event.total)
    request.onload = () => {
      const body = (request.response ?? {}) as Record<string, unknown>
      if (request.status >= 200 && request.status < 300) resolve(body as Answer<E>)
      else reject(new Problem(request.status, body))
    }
    request.onerror = () => reject(new TypeError('network'))
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'))
    given.signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(given.form)
  })
}
