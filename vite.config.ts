import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/**
 * Builds the page of the monitor. The server sends it with a policy that lets nothing run but its own
 * files: no inline scripts, no data in place of files.
 */
export default defineConfig({
  root: 'src/web/monitor',
  plugins: [react()],
  build: {
    outDir: '../../../dist/web/monitor',
    emptyOutDir: true,
    target: 'es2022',
    // Those that know `light-dark()`: nothing is rewritten, so that the theme can be chosen.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
})
