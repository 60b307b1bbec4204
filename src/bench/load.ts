import autocannon from 'autocannon'
import { median } from './figure.ts'

/** One side under load: where it listens and what it is asked, in turn. */
export type Side = { readonly address: string; readonly requests: readonly Asking[] }
export type Asking = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

const CONNECTIONS = 10

/** Requests a second of both sides, asked by turns so that a machine that is busy for a while is busy for both: the medians of the rounds. */
export async function pairedLoad(one: Side, other: Side, rounds: number, seconds: number): Promise<[number, number]> {
  await ask(one, seconds)
  await ask(other, seconds)
  const found: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    found[0].push(await ask(one, seconds))
    found[1].push(await ask(other, seconds))
  }
  return [median(found[0]), median(found[1])]
}

async function ask({ address, requests }: Side, seconds: number): Promise<number> {
  const result = await autocannon({
    url: address,
    connections: CONNECTIONS,
    duration: seconds,
    requests: requests.map(one => ({ ...one, headers: { ...one.headers } })),
  })
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${address}: ${result.non2xx} answers were no success, ${result.errors} failed`)
  return result.requests.total / result.duration
}
