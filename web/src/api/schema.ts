/** The server's own description of its operations, generated from openapi/app.json by `npm run api`. */
import type { components, paths } from './schema.gen'

export type { paths }

/** A shape of the API by its name there: Schema<'CompanyView'>. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]
