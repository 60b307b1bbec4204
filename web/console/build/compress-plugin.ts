import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const WORTH = /\.(?:js|css|svg|json)$/
const SMALL = 1024

/** Lays a `.br` and a `.gz` beside every built text, so that the server compresses nothing while it answers. */
export function compressPlugin(): Plugin {
  return {
    name: 'mingxin-compress',
    apply: 'build',
    // After writing: until then other plugins still put addresses into the chunks.
    writeBundle(options, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!WORTH.test(fileName)) continue
        const path = join(options.dir ?? '', fileName)
        const text = readFileSync(path)
        if (text.length < SMALL) continue
        writeFileSync(`${path}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
        writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }))
      }
    },
  }
}
