import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { userFolders } from './user-folders.ts'

test('FOLDERS - they are where the system has such things, or where the user says', () => {
  assert.deepEqual(userFolders({ platform: 'linux', environment: {}, home: '/h' }), {
    config: join('/h', '.config', 'maru'),
    state: join('/h', '.local', 'state', 'maru'),
  })
  const environment = { XDG_CONFIG_HOME: '/c', XDG_STATE_HOME: '', APPDATA: '/roaming' }
  assert.equal(
    userFolders({ platform: 'darwin', environment, home: '/h' }).config,
    join('/c', 'maru'),
  )
  assert.deepEqual(userFolders({ platform: 'win32', environment, home: '/h' }), {
    config: join('/roaming', 'maru'),
    state: join('/h', 'AppData', 'Local', 'maru'),
  })
})
