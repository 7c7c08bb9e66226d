/** The server's own description of its operations, generated from openapi/app.json by `npm run api`. */
import type { components, paths } from './schema.gen'

export type { paths }

/** A shape of the API by its name there: Schema<'CompanyView'>. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

/* eslint-disable @typescript-eslint/no-explicit-any */
type LooseOperation = {
  parameters: { query?: any; path?: any; header?: any; cookie?: never }
  requestBody?: { content: { 'application/json': any } }
  responses: { 200: { content: { 'application/json': any } } }
}
export type LoosePaths = {
  [path: string]: { get: LooseOperation; post: LooseOperation; patch: LooseOperation; put: LooseOperation; delete: LooseOperation }
}
