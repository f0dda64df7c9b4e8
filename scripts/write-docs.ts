/** Writes the documents that are made from the source. Run it after a change of commands, modes or limits. */
import { writeFileSync } from 'node:fs'
import { commandsDocument } from './commands-document.ts'

writeFileSync(new URL('../docs/commands.md', import.meta.url), commandsDocument())
