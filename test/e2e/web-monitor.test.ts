import { openPretendStage } from '../support/web-monitor-stage.ts'
import { playWebMonitor } from '../support/web-monitor-plays.ts'

playWebMonitor('a server that pretends', openPretendStage)
