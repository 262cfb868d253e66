import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { icons } from './icons-plugin.ts';
import { coastline } from './map/coastline-plugin.ts';
import { precompress } from './precompress-plugin.ts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), coastline(), icons(), precompress()],
  build: {
    outDir: '../dist/site',
    emptyOutDir: true,
    target: 'es2022',
    // Every asset stays a file of our own: nothing as data: URL, so a strict content policy holds.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        index: join(import.meta.dirname, 'index.html'),
        officer: join(import.meta.dirname, 'pages/officer/officer.ts'),
        'officer-worker': join(import.meta.dirname, 'pages/officer/officer-worker.ts'),
      },
      // The page that names it is made by the API, which knows no hash.
      output: {
        entryFileNames: ({ name }) => (name.startsWith('officer') ? 'assets/[name].js' : 'assets/[name]-[hash].js'),
      },
    },
    chunkSizeWarningLimit: 700,
  },
});
