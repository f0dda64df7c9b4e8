import { castFacts } from './casts.ts'
import { closingFacts } from './closing.ts'
import { crowdFacts } from './crowds.ts'
import { figureFacts } from './figures.ts'
import { hangingUpFacts } from './hanging-up.ts'
import { listeningFacts } from './listening.ts'
import { openingFacts } from './opening.ts'
import { slownessFacts } from './slowness.ts'
import type { Contract } from './stage.ts'

/** What the core relies on, whichever engine it has: with real sockets, on ports that the system chooses. */
export function engineContract(name: string, make: Contract['make']): void {
  const contract = { name, make }
  openingFacts(contract)
  listeningFacts(contract)
  castFacts(contract)
  closingFacts(contract)
  hangingUpFacts(contract)
  crowdFacts(contract)
  figureFacts(contract)
  slownessFacts(contract)
}
