import { InThreadEngine } from '../../src/io/in-thread.ts'
import { engineContract } from './engine.ts'

engineContract('in the thread of the core', (options) => new InThreadEngine(options))
