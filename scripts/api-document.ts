/** The text of docs/openapi.json, made from the table of routes that the server itself goes by. */
import { apiDocument } from '../src/monitor/http/api-document.ts'

export function apiDocumentText(): string {
  return `${JSON.stringify(apiDocument(), undefined, 2)}\n`
}
