// Lint rules. The first group is the shape of the program: ui, lib and api know no
// feature, a feature knows no other feature, only app knows them all.
import { readdirSync } from 'node:fs'
import hooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

const features = readdirSync(new URL('./src/features', import.meta.url))

/** A rule set for `files` that forbids the given import patterns with a reason. */
function forbid(files, groups) {
  return {
    files,
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: groups.map(([regex, message]) => ({ regex, message })) },
      ],
    },
  }
}

const appIsAbove = ['^(@/app(/|$)|(\\.\\./)+app/)', 'app knows the features, not the other way round.']
const featuresAreAbove = ['(^@|/)/?features/', 'ui, lib and api know no feature.']

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.gen.ts'] },
  ...tseslint.configs.recommended,
  hooks.configs.flat.recommended,
  {
    rules: {
      'max-lines': ['error', { max: 500 }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'react-hooks/incompatible-library': 'off',
    },
  },
  forbid(['src/lib/**'], [appIsAbove, featuresAreAbove, ['^@/(ui|api)(/|$)', 'lib stands alone.']]),
  forbid(['src/ui/**'], [appIsAbove, featuresAreAbove, ['^@/api(/|$)', 'ui shows what it is given and asks no server.']]),
  forbid(['src/api/**'], [appIsAbove, featuresAreAbove, ['^@/ui(/|$)', 'api has no face.']]),
  ...features.map((feature) => {
    const others = features.filter((other) => other !== feature).join('|')
    return forbid(
      [`src/features/${feature}/**`],
      [
        appIsAbove,
        [`^(@/features|(\\.\\./)+)/?(${others})(/|$)`, 'A feature imports no other feature: link by route, share through ui, lib or api.'],
      ],
    )
  }),
)
