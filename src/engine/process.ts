/**
 * Entry of the engine's process, in Electron (utility process) and under Node (child process) alike. The thread that
 * does the work is started first: it loads its libraries while this loop is still reading its own code.
 */
import { startSession } from './workers/start.ts'

const session = startSession()
const { serve } = await import('./workers/serve.ts')
serve(session)
