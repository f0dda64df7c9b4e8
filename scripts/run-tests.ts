import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import { run } from 'node:test'
import type { EventData } from 'node:test'
import { inspect } from 'node:util'

export interface TestCounts {
  readonly passed: number
  readonly failed: number
}

/** No file takes so long: one that hangs ends as a failure with its name. */
const FILE_TIMEOUT_MS = 600_000

/**
 * Runs test files, each in a process of its own, and says on standard output what failed. A test that was
 * skipped or is still to do has not shown what it claims: it counts as failed, by its name.
 */
export async function runTests(files: readonly string[]): Promise<TestCounts> {
  const counts = { passed: 0, failed: 0 }
  const stream = run({
    files: [...files],
    concurrency: availableParallelism(),
    timeout: FILE_TIMEOUT_MS,
  })
  for await (const { type, data } of stream) {
    if (type === 'test:stderr') process.stderr.write(data.message)
    if (type !== 'test:pass' && type !== 'test:fail') continue
    const complaint = complaintAbout(data)
    if (complaint !== undefined) console.log(complaint)
    if (complaint !== undefined) counts.failed++
    else if (isTest(data)) counts.passed++
  }
  return counts
}

type Finished = EventData.TestPass | EventData.TestFail

/** What speaks against a test, unless its subtests say it already. */
function complaintAbout(test: Finished): string | undefined {
  const { name, file, skip, todo } = test
  if (skip !== undefined || todo !== undefined) return `SKIPPED ${titleOf(test)}`
  if (!('error' in test.details)) {
    return name === file ? `FAILED ${titleOf(test)}: no test in it` : undefined
  }
  const { error } = test.details
  const isBySubtest = 'failureType' in error && error.failureType === 'subtestsFailed'
  // The runner wraps what the test threw.
  return isBySubtest ? undefined : `FAILED ${titleOf(test)}\n${inspect(error.cause ?? error)}\n`
}

/** A group has passed with what is in it. */
function isTest({ details }: Finished): boolean {
  return details.type !== 'suite' && !('error' in details)
}

function titleOf({ name, file, line }: Finished): string {
  const where = file === undefined ? '' : ` (${relative(process.cwd(), file)}:${line ?? 1})`
  return `${name}${where}`
}
