import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type UserConfig } from 'vite'

/**
 * Builds the page of the monitor, or with `--mode chat` that of the chat. The server sends both with a
 * policy that lets nothing run but its own files: no inline scripts, no data in place of files.
 */
export default defineConfig(({ mode }) => (mode === 'chat' ? chatPage() : page('monitor')))

function page(name: 'monitor' | 'chat'): UserConfig {
  return {
    root: `src/web/${name}`,
    plugins: [react()],
    build: {
      outDir: `../../../dist/web/${name}`,
      emptyOutDir: true,
      target: 'es2022',
      // Those that know `light-dark()`: nothing is rewritten, so that the theme can be chosen.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
  }
}

const SERVICE_WORKER = 'service-worker'

function chatPage(): UserConfig {
  const usual = page('chat')
  return {
    ...usual,
    plugins: [react(), listFiles()],
    worker: { format: 'es' },
    build: {
      ...usual.build,
      rolldownOptions: {
        input: {
          index: 'src/web/chat/index.html',
          [SERVICE_WORKER]: 'src/web/chat/page/worker/service-worker.ts',
        },
        output: {
          entryFileNames: ({ name }) =>
            name === SERVICE_WORKER ? '[name].js' : 'assets/[name]-[hash].js',
        },
      },
    },
  }
}

/** Tells the service worker which files there are, so that the page starts without the server. */
function listFiles(): Plugin {
  return {
    name: 'list-files',
    generateBundle(_options, bundle) {
      const worker = bundle[`${SERVICE_WORKER}.js`]
      if (worker?.type !== 'chunk') return
      const files = Object.keys(bundle).filter((file) => file.startsWith('assets/'))
      worker.code = worker.code.replace('__FILES__', files.map((file) => `/${file}`).join(' '))
    },
  }
}
