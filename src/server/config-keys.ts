import { z } from 'zod'
import { configSchema } from './config-schema.ts'

/** Where a value stands: `['limits', 'chat', 'nickLength']`, `['opers', 0, 'class']`; in camel case. */
export type KeyPath = readonly (string | number)[]

/** One key of the configuration. Keys inside a list of tables have the list's path with `[]`. */
export interface ConfigKey {
  /** As the file spells it: `limits.chat.nick_length`, `opers[].class`. */
  readonly name: string
  readonly path: KeyPath
  readonly kind: 'text' | 'number' | 'boolean' | 'list'
  /** Undefined: it has none, or it depends on the machine. */
  readonly standard: unknown
}

/** `limits.chat.nick_length`, `opers[0].class`. */
export function keyName(path: KeyPath): string {
  return writtenName(path.map((part) => (typeof part === 'number' ? part : snakeCase(part))))
}

/** The name of a path whose keys are spelled as they are in the file. */
export function writtenName(path: KeyPath): string {
  const parts = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
  return parts.join('').replace(/^\./, '')
}

/**
 * The same value with its keys in camel case, and the paths of keys that are not snake case: they can't
 * be known ones.
 */
export function camelKeys(value: unknown): { value: unknown; strange: KeyPath[] } {
  const strange: KeyPath[] = []
  const walk = (node: unknown, path: KeyPath): unknown => {
    if (Array.isArray(node)) return node.map((entry, index) => walk(entry, [...path, index]))
    if (!isTable(node)) return node
    const known: [string, unknown][] = []
    for (const [key, entry] of Object.entries(node)) {
      if (/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(key)) {
        known.push([camelCase(key), walk(entry, [...path, camelCase(key)])])
      } else strange.push([...path, key])
    }
    return Object.fromEntries(known)
  }
  return { value: walk(value, []), strange }
}

/** A table of TOML, and not a list, a date or a plain value. */
export function isTable(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return !(value instanceof Date)
}

/** Every key that the configuration knows, in the order of the schema. */
export const CONFIG_KEYS: readonly ConfigKey[] = keysOf(configSchema, [], undefined)

function keysOf(schema: z.core.$ZodType, path: KeyPath, standard: unknown): ConfigKey[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault) {
    return keysOf(schema.unwrap(), path, undefined)
  }
  if (schema instanceof z.ZodDefault) return keysOf(schema.unwrap(), path, schema.def.defaultValue)
  if (schema instanceof z.ZodObject) {
    const shape: Record<string, z.core.$ZodType> = schema.shape
    return Object.entries(shape).flatMap(([key, part]) => keysOf(part, [...path, key], undefined))
  }
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject) {
    return keysOf(schema.element, [...path.slice(0, -1), `${path.at(-1)}[]`], undefined)
  }
  return [{ name: keyName(path), path, kind: kindOf(schema), standard }]
}

function kindOf(schema: z.core.$ZodType): ConfigKey['kind'] {
  if (schema instanceof z.ZodArray) return 'list'
  if (schema instanceof z.ZodNumber) return 'number'
  return schema instanceof z.ZodBoolean ? 'boolean' : 'text'
}

function camelCase(key: string): string {
  return key.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

function snakeCase(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}
