// Fails when the first load (entry and all it imports at once) is over 200 kB of compressed
// script, and lists every chunk. Reads the manifest of `npm run build`.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT = 200_000
const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
const size = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1).padStart(7)} kB`

const first = new Set()
function collect(name) {
  const chunk = manifest[name]
  if (!chunk || first.has(chunk.file)) return
  first.add(chunk.file)
  chunk.imports?.forEach(collect)
}
Object.entries(manifest).forEach(([name, chunk]) => chunk.isEntry && collect(name))

const scripts = [...new Set(Object.values(manifest).map((chunk) => chunk.file))].filter((file) => file.endsWith('.js'))
const sized = scripts.map((file) => [file, size(file)]).sort((a, b) => b[1] - a[1])
sized.filter(([file, bytes]) => bytes > 2_000 || first.has(file)).forEach(([file, bytes]) => console.log(`${kilobytes(bytes)} ${first.has(file) ? '*' : ' '} ${file}`))
const total = sized.filter(([file]) => first.has(file)).reduce((sum, [, bytes]) => sum + bytes, 0)
console.log(`${kilobytes(total)} first load (*), limit ${kilobytes(LIMIT).trim()}`)
if (total === 0 || total > LIMIT) {
  console.error('The first load is too heavy: load a part lazily or drop it.')
  process.exit(1)
}
