import { createRoot } from 'react-dom/client'
import '../../shared/styles/tokens.css'
import '../../shared/styles/base.css'
import './styles/people.css'
import './styles/sidebar.css'
import './styles/frame.css'
import './styles/welcome.css'
import './styles/timeline.css'
import './styles/typing.css'
import './styles/timeline-narrow.css'
import './styles/message.css'
import './styles/message-format.css'
import './styles/composer.css'
import './styles/panels.css'
import './styles/dialogs.css'
import './styles/menus.css'
import { App } from './app.tsx'
import { openNetwork } from './network.ts'
import { SettingsProvider } from './settings.tsx'
import { trustedScript } from './trusted-script.ts'

const place = document.getElementById('page')
if (place !== null) {
  createRoot(place).render(
    <SettingsProvider>
      <App network={openNetwork()} />
    </SettingsProvider>,
  )
}

// Only where it is allowed to: over https, and on this machine.
if ('serviceWorker' in navigator) {
  addEventListener('load', () => {
    navigator.serviceWorker.register(trustedScript('/service-worker.js')).catch(() => undefined)
  })
}
