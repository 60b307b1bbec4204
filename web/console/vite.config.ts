import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressPlugin } from './build/compress-plugin.ts'
import { wordsPlugin } from './build/words-plugin.ts'

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react(), wordsPlugin(), compressPlugin()],
  build: {
    // 麒麟/统信 desktops carry browsers years behind the default target.
    target: ['chrome109', 'firefox115', 'safari16'],
    outDir: 'dist',
    emptyOutDir: true,
    manifest: true,
    // Inlined pictures would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
