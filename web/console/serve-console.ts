import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/*
 * The console's built files under /console. Assets carry their hash in their names and are kept for ever; the page itself is made anew for
 * each request, with a nonce of its own for the styles that antd writes while it runs.
 */

const DIST = join(import.meta.dirname, 'dist')

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
}

type Asset = { readonly type: string; readonly plain: Buffer; readonly br: Buffer | null; readonly gz: Buffer | null }

type ConsoleOfCity = {
  readonly distDir?: string
  /** Whose console it is, and what every page of an invented city says, known before anybody signs in. */
  readonly city?: { readonly platformName: string; readonly notice: string | null }
}

/**
 * Binds the console's pages to a server. `distDir` is where `vite build web/console` has put them; they are read into memory once.
 * Every address under /console that is no file answers with the page: the console finds its own way. Throws when the console was not built.
 */
export function bindConsole(http: FastifyInstance, { distDir = DIST, city }: ConsoleOfCity): void {
  const page = readFileSync(join(distDir, 'index.html'), 'utf8')
    .replaceAll('__PLATFORM__', () => attribute(city?.platformName ?? ''))
    .replaceAll('__NOTICE__', () => attribute(city?.notice ?? ''))
  const mark = readAsset(distDir, 'mark.svg')
  const assets = readAssets(join(distDir, 'assets'))
  const sendPage = (_: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const nonce = randomBytes(18).toString('base64')
    return reply.headers(pageHeaders(nonce)).type('text/html; charset=utf-8').send(page.replaceAll('__NONCE__', nonce))
  }
  http.get('/console', sendPage)
  http.get('/console/*', sendPage)
  http.get('/console/mark.svg', (request, reply) => sendAsset(request, reply, mark, 'public, max-age=86400'))
  http.get<{ Params: { name: string } }>('/console/assets/:name', (request, reply) => {
    const asset = assets.get(request.params.name)
    // A page from before an upgrade asks for chunks that are gone: it must not be given the page in their place.
    if (!asset) return reply.code(404).type('text/plain; charset=utf-8').header('cache-control', 'no-store').send('')
    return sendAsset(request, reply, asset, 'public, max-age=31536000, immutable')
  })
}

/** Everything from this server; styles also by this answer's nonce; no frame, no plug-in, no form that goes elsewhere. */
function pageHeaders(nonce: string): Record<string, string> {
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    'cross-origin-opener-policy': 'same-origin',
    'x-robots-tag': 'noindex, nofollow',
  }
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset, keep: string): FastifyReply {
  const accepts = String(request.headers['accept-encoding'] ?? '')
  const [encoding, body] =
    asset.br && /\bbr\b/.test(accepts)
      ? ['br', asset.br]
      : asset.gz && /\bgzip\b/.test(accepts)
        ? ['gzip', asset.gz]
        : [null, asset.plain]
  if (encoding) reply.header('content-encoding', encoding)
  return reply
    .header('vary', 'accept-encoding')
    .header('cache-control', keep)
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', 'same-origin')
    .type(asset.type)
    .send(body)
}

function readAssets(folder: string): ReadonlyMap<string, Asset> {
  const names = readdirSync(folder).filter(name => extname(name) in TYPES)
  return new Map(names.map(name => [name, readAsset(folder, name)]))
}

function readAsset(folder: string, name: string): Asset {
  const beside = (ending: string): Buffer | null => {
    const path = join(folder, name + ending)
    return existsSync(path) ? readFileSync(path) : null
  }
  return {
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    plain: readFileSync(join(folder, name)),
    br: beside('.br'),
    gz: beside('.gz'),
  }
}
