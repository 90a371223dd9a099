/**
 * Entry of the engine's process, in Electron (utility process) and under Node (child process) alike. The thread that
 * does the work is started first: it loads its libraries while this loop is still reading its own code.
 */
import { keepOnnxSilent } from './models/onnx.ts'
import { startSession } from './workers/start.ts'

// Here and not in the thread that loads the library: a thread's environment is a copy which native code does not see.
keepOnnxSilent()
const session = startSession()
const { serve } = await import('./workers/serve.ts')
serve(session)
