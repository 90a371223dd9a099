import { powerSaveBlocker } from 'electron'
import type { StudioEvent } from '../contract/system.ts'

/** Keeps the system from falling asleep while jobs run (the screen may). */
export class PowerKeeper {
  #blocker: number | null = null

  hear(event: StudioEvent): void {
    if (event.type !== 'job.changed' && event.type !== 'job.cleared') return
    const { running, waiting, isPaused } = event.summary
    this.#keep(running > 0 || (waiting > 0 && !isPaused))
  }

  #keep(awake: boolean): void {
    if (awake && this.#blocker === null) this.#blocker = powerSaveBlocker.start('prevent-app-suspension')
    else if (!awake && this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker)
      this.#blocker = null
    }
  }
}
