// Builds the app into dist/, which the server embeds. In development the API is
// another process: OMB_API says where (default the server's own default address).
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const target = process.env.OMB_API ?? 'http://127.0.0.1:8080'
const proxied = ['/api', '/events', '/q/', '/sandbox', '/healthz']

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: {
    alias: {
      '@': fileURLToPath(new URL('./src', import.meta.url)),
      'react-remove-scroll': fileURLToPath(new URL('./src/ui/removeScroll.tsx', import.meta.url)),
    },
  },
  build: {
    target: 'es2022',
    manifest: true,
    // Small files stay files: the content policy of the server allows no data: scripts or fonts.
    assetsInlineLimit: 0,
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(proxied.map((path) => [path, { target, changeOrigin: true }])),
  },
})
