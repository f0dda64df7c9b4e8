import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_LIMITS } from '../protocol/limits.ts'
import { AddressBook, SERVER_FULL, TOO_FAST, TOO_MANY } from './address-book.ts'

const limits = DEFAULT_LIMITS.admission

function enter(
  book: AddressBook,
  address: string,
  nowMs = 0,
  isExempt = false,
): string | undefined {
  return book.enter(address, { limits, isExempt, nowMs })
}

test('address book - one address may have 16 connections at a time', () => {
  const book = new AddressBook()
  for (let i = 0; i < 16; i++) assert.equal(enter(book, '192.0.2.1'), undefined)
  assert.equal(enter(book, '192.0.2.1'), TOO_MANY)
  assert.equal(enter(book, '192.0.2.2'), undefined)
  book.leave('192.0.2.1')
  assert.equal(enter(book, '192.0.2.1'), undefined)
})

test('address book - an IPv6 /64 is one address', () => {
  const book = new AddressBook()
  for (let i = 0; i < 16; i++) assert.equal(enter(book, `2001:db8:0:1::${i}`), undefined)
  assert.equal(enter(book, '2001:db8:0:1:ffff::1'), TOO_MANY)
  assert.equal(enter(book, '2001:db8:0:2::1'), undefined)
})

test('address book - 32 new connections in ten minutes, and again when they are over', () => {
  const book = new AddressBook()
  for (let i = 0; i < 32; i++) {
    assert.equal(enter(book, '192.0.2.1', i), undefined)
    book.leave('192.0.2.1')
  }
  assert.equal(enter(book, '192.0.2.1', 599_999), TOO_FAST)
  assert.equal(enter(book, '192.0.2.1', 600_000), undefined)
})

test('address book - loopback and gateways are exempt', () => {
  const book = new AddressBook()
  for (let i = 0; i < 100; i++) {
    assert.equal(enter(book, '127.0.0.1'), undefined)
    assert.equal(enter(book, '::1'), undefined)
    assert.equal(enter(book, '192.0.2.1', 0, true), undefined)
  }
})

test('address book - the limit in all holds for everyone', () => {
  const book = new AddressBook()
  const few = { limits: { ...limits, connections: 2 }, isExempt: false, nowMs: 0 }
  assert.equal(book.enter('127.0.0.1', few), undefined)
  assert.equal(book.enter('127.0.0.1', few), undefined)
  assert.equal(book.enter('127.0.0.1', few), SERVER_FULL)
  book.leave('127.0.0.1')
  assert.equal(book.enter('127.0.0.1', few), undefined)
})
