import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldCase } from '../protocol/casemap.ts'
import type { Account } from '../state/account.ts'
import { AccountRecordError, parseAccount, serializeAccount } from './account-record.ts'

const HASH = `$scrypt$ln=15,r=8,p=3$${'A'.repeat(22)}$${'A'.repeat(43)}`

const bytes = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((value) => Buffer.from(value).toString('base64'))
const timeMs = fc.nat()
const words = fc.string({ minLength: 1, unit: 'grapheme' })

const accounts: fc.Arbitrary<Account> = fc
  .record(
    {
      name: words,
      registeredAtMs: timeMs,
      passwordHash: fc.constant(HASH),
      scram: fc.record({
        iterations: fc.integer({ min: 4096, max: 1_000_000 }),
        salt: bytes(16),
        storedKey: bytes(32),
        serverKey: bytes(32),
      }),
      certificates: fc.array(
        fc.record({
          fingerprint: fc
            .uint8Array({ minLength: 32, maxLength: 32 })
            .map((value) => Buffer.from(value).toString('hex')),
          addedAtMs: timeMs,
        }),
      ),
      appPasswords: fc.array(
        fc.record(
          {
            label: words,
            salt: bytes(16),
            hash: bytes(32),
            createdAtMs: timeMs,
            lastUsedAtMs: timeMs,
          },
          { requiredKeys: ['label', 'salt', 'hash', 'createdAtMs'] },
        ),
      ),
      language: fc.constantFrom('en' as const, 'ko' as const),
      settings: fc.record(
        { alwaysOn: fc.boolean(), replay: fc.boolean(), protect: fc.boolean() },
        { requiredKeys: ['protect'] },
      ),
      email: words,
      suspended: fc.record({ reason: fc.string(), atMs: timeMs, by: words }),
      nicks: fc.array(words),
    },
    {
      requiredKeys: [
        'name',
        'registeredAtMs',
        'certificates',
        'appPasswords',
        'language',
        'settings',
        'nicks',
      ],
      noNullPrototype: true,
    },
  )
  .map((account) => ({ ...account, key: foldCase(account.name) }))

test('ACCOUNT RECORD - what is written is read again as it was', () => {
  fc.assert(
    fc.property(accounts, (account) => {
      const text = serializeAccount(account)
      assert.ok(!text.includes('\n'))
      assert.deepEqual(parseAccount(text), structuredClone(account))
    }),
  )
})

const ANNA: Account = {
  name: 'Anna',
  key: 'anna',
  registeredAtMs: 1,
  passwordHash: HASH,
  certificates: [],
  appPasswords: [],
  language: 'ko',
  settings: { protect: true },
  nicks: [],
}

function altered(changes: Record<string, unknown>): string {
  return JSON.stringify({ ...(JSON.parse(serializeAccount(ANNA)) as object), ...changes })
}

test('ACCOUNT RECORD - what can not be read is refused with its place', () => {
  const refusals: readonly (readonly [Record<string, unknown>, RegExp])[] = [
    [{ version: 2 }, /not of version 1/],
    [{ version: undefined }, /not of version 1/],
    [{ shoeSize: 42 }, /"shoeSize"/],
    [{ settings: { protect: true, loud: 1 } }, /settings: .*"loud"/],
    [{ settings: {} }, /settings\.protect/],
    [{ key: 'hanna' }, /key: not of that name/],
    [{ passwordHash: 'sesame' }, /passwordHash: not a scrypt hash/],
    [{ language: 'kr' }, /language/],
    [{ certificates: [{ fingerprint: 'AB', addedAtMs: 0 }] }, /certificates\.0\.fingerprint/],
    [
      { appPasswords: [{ label: 'a', salt: 'AAAA', hash: 'AAAA', createdAtMs: 0 }] },
      /appPasswords\.0\.salt: not 16 bytes/,
    ],
    [{ registeredAtMs: -1 }, /registeredAtMs/],
  ]
  assert.equal(parseAccount(altered({})).name, 'Anna')
  for (const [changes, message] of refusals) {
    assert.throws(() => parseAccount(altered(changes)), { name: 'AccountRecordError', message })
  }
})

test('ACCOUNT RECORD - a refusal shows nothing of what is written', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z]{12}$/), (secret) => {
      for (const text of [`{"${secret}`, JSON.stringify([secret]), altered({ scram: secret })]) {
        assert.throws(
          () => parseAccount(text),
          (error) => error instanceof AccountRecordError && !error.message.includes(secret),
        )
      }
    }),
  )
})
