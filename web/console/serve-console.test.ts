import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import { bindConsole } from './serve-console.ts'

let distDir = ''
let http: FastifyInstance

before(() => {
  distDir = mkdtempSync(join(tmpdir(), 'mingxin-console-'))
  mkdirSync(join(distDir, 'assets'))
  writeFileSync(
    join(distDir, 'index.html'),
    '<meta name="csp-nonce" content="__NONCE__"><meta name="city-notice" content="__NOTICE__"><div id="app"></div>',
  )
  writeFileSync(join(distDir, 'mark.svg'), '<svg/>')
  writeFileSync(join(distDir, 'assets/main-abc.js'), 'plain')
  writeFileSync(join(distDir, 'assets/main-abc.js.br'), 'brotli')
  writeFileSync(join(distDir, 'assets/main-abc.js.gz'), 'gzip')
  http = Fastify()
  bindConsole(http, { distDir, city: { platformName: '信用某市', notice: '示例"<b>城市' } })
})

after(async () => {
  await http.close()
  rmSync(distDir, { recursive: true })
})

test('each page has a nonce of its own, the same in the page and in the policy, and may not be kept', async () => {
  const [one, two] = await Promise.all(['/console', '/console/deliveries/7?x=1'].map(url => http.inject({ url })))
  const nonceOf = (body: string): string => /content="([^"]+)"/.exec(body)?.[1] ?? ''
  for (const answer of [one, two]) {
    assert.equal(answer?.statusCode, 200)
    assert.ok(
      String(answer?.headers['content-security-policy']).includes(`style-src 'self' 'nonce-${nonceOf(answer?.body ?? '')}'`),
    )
    assert.doesNotMatch(String(answer?.headers['content-security-policy']), /unsafe/)
    assert.equal(answer?.headers['cache-control'], 'no-store')
  }
  assert.notEqual(nonceOf(one?.body ?? ''), nonceOf(two?.body ?? ''))
})

test('the page says of which city it is before anybody signs in, and the words cannot become markup', async () => {
  const { body } = await http.inject({ url: '/console/sign-in' })
  assert.match(body, /<meta name="city-notice" content="示例&quot;&lt;b>城市">/)
})

test('an asset is kept for ever and sent in the form the browser takes; a lost one is not answered with the page', async () => {
  const ask = (url: string, encoding?: string) => http.inject({ url, headers: encoding ? { 'accept-encoding': encoding } : {} })
  const kept = await ask('/console/assets/main-abc.js', 'gzip, br')
  assert.equal(kept.body, 'brotli')
  assert.equal(kept.headers['content-encoding'], 'br')
  assert.match(String(kept.headers['cache-control']), /immutable/)
  assert.equal((await ask('/console/assets/main-abc.js', 'gzip')).body, 'gzip')
  assert.equal((await ask('/console/assets/main-abc.js')).body, 'plain')
  const lost = await ask('/console/assets/main-old.js')
  assert.equal(lost.statusCode, 404)
  assert.equal(lost.body, '')
  for (const name of ['..%2Findex.html', '%2e%2e/index.html', 'main-abc.js.gz']) {
    const answer = await ask(`/console/assets/${name}`)
    assert.notEqual(answer.body, 'gzip', name)
    assert.ok(answer.statusCode === 404 || answer.body.includes('id="app"'), name)
  }
})
