import { createRoot } from 'react-dom/client'
import 'uplot/dist/uPlot.min.css'
import '../../shared/styles/tokens.css'
import '../../shared/styles/base.css'
import './styles/frame.css'
import './styles/entry.css'
import './styles/panels.css'
import './styles/overview.css'
import './styles/log.css'
import './styles/tables.css'
import './styles/dialogs.css'
import { App } from './app.tsx'
import { takeFirstCode } from './first-code.ts'
import { SettingsProvider } from './settings.tsx'

const place = document.getElementById('page')
const firstCode = takeFirstCode()
if (place !== null) {
  createRoot(place).render(
    <SettingsProvider>
      <App firstCode={firstCode} />
    </SettingsProvider>,
  )
}
