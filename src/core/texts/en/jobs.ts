/** Titles and logs of jobs, written by the studio as keys with values. */
export const jobs = {
  'jobs.colorize': 'Colour {{name}}',
  'jobs.export': 'Export {{name}}',
  'jobs.film': 'Colour the film {{name}}',
  'jobs.modelDownload': 'Get the model {{name}}',
  'jobs.log.started': 'Started',
  'jobs.log.paused': 'Paused',
  'jobs.log.resumed': 'Continued',
  'jobs.log.cancelled': 'Cancelled; what was finished stays',
  'jobs.log.retried': 'Put in the queue again',
  'jobs.log.done': 'Done',
  'jobs.log.left': 'Interrupted; it goes on when there is time for it',
  'jobs.log.crashed': 'The colour engine stopped and was started again',
  'jobs.log.failed': 'Failed: {{message}}',
  'jobs.exportChapter': 'Export {{name}} as CBZ',
  'jobs.exportSheet': 'Export a contact sheet of {{name}}',
  'jobs.proxy': 'Proxy of {{name}}',
} as const
