/** Writes the documents that are made from the source. Run it after a change of commands, modes, limits or routes. */
import { writeFileSync } from 'node:fs'
import { apiDocumentText } from './api-document.ts'
import { commandsDocument } from './commands-document.ts'

writeFileSync(new URL('../docs/commands.md', import.meta.url), commandsDocument())
writeFileSync(new URL('../docs/openapi.json', import.meta.url), apiDocumentText())
