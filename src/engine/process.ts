/**
 * Entry of the engine's process, in Electron (utility process) and under Node (child process) alike. The thread that
 * does the work is started first: it loads its libraries while this loop is still reading its own code.
 */
import { setFlagsFromString } from 'node:v8'
import { startSession } from './workers/start.ts'

// The heaps of the threads are small, 12 MB, and what passes through beside them is large: left to itself, V8 collects
// a whole heap for every few photos of an album, and a seventh of all the work of the machine goes into it.
setFlagsFromString('--heap-growing-percent=300')

const session = startSession()
const { serve } = await import('./workers/serve.ts')
serve(session)
