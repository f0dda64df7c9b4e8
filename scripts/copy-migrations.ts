/** A part of `npm run build`: what the compiler leaves behind, the schema of the log. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const FOLDER = join('history', 'migrations')

cpSync(join(ROOT, 'src', FOLDER), join(ROOT, 'dist', FOLDER), { recursive: true })
