import { existsSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname

/** Native or large packages that stay in node_modules; everything else is bundled, so the package stays small. */
const external = [/^node:/, /^(electron|onnxruntime-node|sharp|fluent-ffmpeg|ffmpeg-static|heic-decode|libheif-js|bmp-ts)(\/|$)/]

/** Each entry is a process or thread of its own; they share chunks. */
const entries = Object.entries({
  index: 'src/main/index.ts',
  engine: 'src/engine/process.ts',
  worker: 'src/engine/workers/worker.ts',
  web: 'src/web/index.ts',
  cli: 'src/cli/index.ts',
}).filter(([, file]) => existsSync(join(root, file)))

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node24',
      sourcemap: true,
      minify: false,
      externalizeDeps: false,
      rolldownOptions: {
        input: Object.fromEntries(entries),
        external,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node24',
      sourcemap: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: join(root, 'src/preload/index.ts') },
        // A sandboxed preload script can only be CommonJS and can require nothing but electron.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    plugins: [react()],
    build: {
      outDir: join(root, 'out/renderer'),
      target: 'chrome140',
      sourcemap: true,
      rolldownOptions: { input: { index: join(root, 'src/renderer/index.html') } },
    },
  },
})
