import { playWebMonitor } from '../support/web-monitor-plays.ts'
import { openRealStage } from '../support/web-monitor-real.ts'

playWebMonitor('a real server', openRealStage)
