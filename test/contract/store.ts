import { commitFacts } from './store-commits.ts'
import { followFacts } from './store-follow.ts'
import { modelFacts } from './store-model.ts'
import { pageFacts } from './store-pages.ts'
import type { StoreStage } from './store-stage.ts'
import { upkeepFacts } from './store-upkeep.ts'

/** What the server relies on, whichever store it has. */
export function storeContract(stage: StoreStage): void {
  commitFacts(stage)
  pageFacts(stage)
  followFacts(stage)
  modelFacts(stage)
  upkeepFacts(stage)
}
