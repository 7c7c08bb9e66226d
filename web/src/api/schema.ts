/* Stand-in until openapi/app.json exists. */
/* eslint-disable @typescript-eslint/no-explicit-any */
type Loose = {
  parameters: { query?: any; path?: any; header?: any; cookie?: never }
  requestBody?: { content: { 'application/json': any } }
  responses: { 200: { content: { 'application/json': any } } }
}
export type paths = {
  [path: string]: { get: Loose; post: Loose; patch: Loose; put: Loose; delete: Loose }
}
