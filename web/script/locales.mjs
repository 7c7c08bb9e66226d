// Fails when a language lacks a key that another has, when a plural form is missing, when
// placeholders differ, or when the source uses a key that no file has.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../src', import.meta.url))
const languages = ['en', 'es', 'pt', 'fr']
const PLURAL = /_(zero|one|two|few|many|other)$/

/** Every string of a nested object, by dotted path. */
export function flatten(tree, path = '') {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value]] : flatten(value, `${path}${key}.`),
  )
}

const placeholders = (text) => [...text.matchAll(/\{\{\s*([\w.]+)/g)].map((match) => match[1]).sort().join()

/** The complaints about one namespace: `words` is language -> nested strings. */
export function compare(namespace, words) {
  const problems = []
  const bases = {}
  for (const language of languages) {
    const flat = new Map(flatten(words[language] ?? {}))
    bases[language] = new Map([...flat].map(([key, text]) => [key.replace(PLURAL, ''), text]))
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
    for (const [key, text] of flat) {
      if (!text.trim()) problems.push(`${language}/${namespace}: ${key} is empty`)
      if (!PLURAL.test(key)) continue
      for (const form of forms) {
        const wanted = key.replace(PLURAL, `_${form}`)
        if (!flat.has(wanted)) problems.push(`${language}/${namespace}: plural ${wanted} is missing`)
      }
    }
  }
  const all = new Set(languages.flatMap((language) => [...bases[language].keys()]))
  for (const key of all) {
    for (const language of languages) {
      const text = bases[language].get(key)
      if (text === undefined) problems.push(`${language}/${namespace}: ${key} is missing`)
      else if (placeholders(text) !== placeholders(bases.en.get(key) ?? text)) {
        problems.push(`${language}/${namespace}: ${key} has other placeholders than English`)
      }
    }
  }
  return problems
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'locales' ? [] : sources(path)
    return /\.tsx?$/.test(entry.name) && !/\.(test|gen)\.tsx?$/.test(entry.name) ? [path] : []
  })
}

/** The keys a file uses: exact ones, and the fixed beginnings of built ones (`state.${x}`). */
export function usedKeys(text, namespaces) {
  const own = text.match(/useTranslation\(\s*\[?'([\w]+)'/)?.[1]
  const known = namespaces.join('|')
  const used = []
  const add = (key, exact) => {
    const [namespace, path] = key.includes(':') ? key.split(':') : [own, key]
    if (namespace) used.push({ namespace, path, exact })
  }
  for (const [, key] of text.matchAll(new RegExp(`['"\`]((?:${known}):[\\w.]+)['"]`, 'g'))) add(key, true)
  for (const [, key] of text.matchAll(new RegExp(`\`((?:${known}):[\\w.]+)\\$\\{`, 'g'))) add(key, false)
  // A helper may pass keys on: say(`noun.${word}`). Only marks keys as used.
  for (const [, key] of text.matchAll(/`([a-z_]+\.(?:[\w.]+)?)\$\{/g)) if (namespaces.includes(own)) used.push({ namespace: own, path: key, exact: false, soft: true })
  for (const [, key] of text.matchAll(/'(field\.\w+)'/g)) used.push({ namespace: 'ui', path: key, exact: true, soft: true })
  for (const [, args] of text.matchAll(/\bt\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)) {
    const first = args.split(/,\s*\{/)[0]
    for (const [, key] of first.matchAll(/'([\w.]+)'/g)) if (isKeyHere(first, key)) add(key, true)
    for (const [, key] of first.matchAll(/`([\w.]+)\$\{/g)) add(key, false)
  }
  return used
}

/** Namespaces of which a file uses words without having them loaded: those would be shown as keys on a page of their own. */
export function notLoaded(text, namespaces) {
  const loaded = new Set(['ui', 'app', ...[...text.matchAll(/useTranslation\(([^)]*)\)/g)].flatMap(([, names]) => [...names.matchAll(/\w+/g)].map(([name]) => name))])
  const used = [...text.matchAll(/\bt\(\s*['"`](\w+):/g)].map(([, name]) => name)
  return [...new Set(used)].filter((name) => namespaces.includes(name) && !loaded.has(name))
}

/** In t(x === 'compact' ? 'a' : 'b') the compared word is not a key. */
function isKeyHere(args, key) {
  return !new RegExp(`[=!]==?\\s*'${key.replaceAll('.', '\\.')}'`).test(args)
}

function main() {
  const namespaces = [...new Set(languages.flatMap((l) => readdirSync(join(root, 'locales', l))))].map((f) => f.replace('.json', ''))
  const problems = []
  const keys = {}
  for (const namespace of namespaces) {
    const words = Object.fromEntries(
      languages.map((language) => {
        try {
          return [language, JSON.parse(readFileSync(join(root, 'locales', language, `${namespace}.json`), 'utf8'))]
        } catch (error) {
          problems.push(`${language}/${namespace}.json: ${error.message}`)
          return [language, {}]
        }
      }),
    )
    problems.push(...compare(namespace, words))
    keys[namespace] = flatten(words.en).map(([key]) => key.replace(PLURAL, ''))
  }
  const seen = new Set()
  for (const path of sources(root)) {
    for (const name of notLoaded(readFileSync(path, 'utf8'), namespaces)) problems.push(`${path.slice(root.length + 1)} uses words of ${name} and does not name it in useTranslation`)
    for (const { namespace, path: key, exact, soft } of usedKeys(readFileSync(path, 'utf8'), namespaces)) {
      const hits = (keys[namespace] ?? []).filter((known) => (exact ? known === key : known.startsWith(key)))
      hits.forEach((hit) => seen.add(`${namespace}:${hit}`))
      if (hits.length === 0 && !soft) problems.push(`${path.slice(root.length + 1)} uses ${namespace}:${key}, which no language has`)
    }
  }
  const unused = Object.entries(keys).flatMap(([ns, list]) => list.map((key) => `${ns}:${key}`)).filter((key) => !seen.has(key) && !/^ui:problem\./.test(key))
  if (unused.length) console.log(`never seen in the source: ${unused.join(' ')}`)
  problems.forEach((problem) => console.error(problem))
  if (problems.length) process.exit(1)
  console.log(`${namespaces.length} files of words in ${languages.length} languages are complete, ${seen.size} keys used`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
