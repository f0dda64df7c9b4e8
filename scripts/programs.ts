/** The programs other than Node that tests need, and how a machine gets them. */
import { spawnSync } from 'node:child_process'

export interface Program {
  /** As it is called; any one of these will do. */
  readonly names: readonly string[]
  readonly packages: Readonly<Record<PackageManager, string>>
  /** The tests that need it, for people. */
  readonly neededBy: string
}

type PackageManager = 'apt-get'

export const PROGRAMS: readonly Program[] = [
  {
    names: ['chromium', 'chromium-browser', 'google-chrome', 'chrome'],
    packages: { 'apt-get': 'chromium' },
    neededBy: 'test/e2e/web-monitor.test.ts',
  },
  {
    // Debian keeps the server's programs out of the path.
    names: [
      'initdb',
      ...[14, 15, 16, 17, 18].map((version) => `/usr/lib/postgresql/${version}/bin/initdb`),
    ],
    packages: { 'apt-get': 'postgresql' },
    neededBy: 'test/contract/postgres-store.test.ts',
  },
  {
    names: ['strace'],
    packages: { 'apt-get': 'strace' },
    neededBy: 'test/e2e/durability-order.test.ts',
  },
]

/** What is asked of the machine. */
export interface Machine {
  readonly has: (program: string) => boolean
  readonly isRoot: boolean
  /** Whether it worked. */
  readonly run: (command: string, args: readonly string[]) => boolean
}

export const thisMachine: Machine = {
  has: (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined,
  isRoot: process.getuid?.() === 0,
  run: (command, args) => spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0,
}

/** Installs what is missing and can be had. Returns a line for each program that stays missing, and why. */
export function installPrograms(programs: readonly Program[], machine: Machine): string[] {
  const missing = programs.filter(({ names }) => !names.some(machine.has))
  if (missing.length === 0) return []
  const why = reasonAgainst(machine) ?? installed(missing, machine)
  return missing
    .filter(({ names }) => !names.some(machine.has))
    .map(({ names, neededBy }) => `${names.join(' or ')} is missing (for ${neededBy}): ${why}`)
}

function reasonAgainst({ has, isRoot }: Machine): string | undefined {
  if (!has('apt-get')) return 'there is no apt-get here to install it with'
  return isRoot ? undefined : 'only root can install it with apt-get'
}

function installed(programs: readonly Program[], { run }: Machine): string {
  const names = programs.map(({ packages }) => packages['apt-get'])
  const isDone =
    run('apt-get', ['update', '-qq']) &&
    run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...names])
  return isDone ? 'it is not in its package' : 'apt-get failed'
}
