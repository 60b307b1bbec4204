import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const WORTH = /\.(?:js|css|svg|json)$/
const SMALL = 1024

/** Lays a `.br` and a `.gz` beside every built text, so that the server compresses nothing while it answers. */
export function compressPlugin(): Plugin {
  return {
    name: 'mingxin-compress',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const [fileName, output] of Object.entries(bundle)) {
        const text = Buffer.from(output.type === 'chunk' ? output.code : output.source)
        if (!WORTH.test(fileName) || text.length < SMALL) continue
        const brotli = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
        this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotli })
        this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(text, { level: 9 }) })
      }
    },
  }
}
