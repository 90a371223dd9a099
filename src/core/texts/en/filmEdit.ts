export const editFaults = {
  'fault.noEdit': 'This change does not make an edit ({{problem}}).',
  'fault.editEmpty': 'There is nothing in the edit.',
  'fault.editRotation': 'Part {{part}} ({{file}}) is turned another way than the first part.',
} as const

export const editRemedies = {
  'remedy.addToEdit': 'Open a clip and add it, or its range from in to out.',
  'remedy.editRotation': 'Export its parts as a film of their own, turned like the others.',
} as const

export const editNotes = {
  'note.edit.conformed': 'Parts brought to size and rate of the first one: {{count}}. Their luma was scaled.',
  'note.edit.conforming': 'Parts that differ from the first one in size, rate or colour are brought to it: {{list}}.',
  'note.edit.oneSound': 'The first sound track of each clip is in the film; other tracks and subtitles are not.',
} as const

/** The edit: parts of several clips that become one film. */
export const filmEdit = {
  'history.edit.add': 'Add {{name}} to the edit',
  'history.edit.remove': 'Take part {{part}} out',
  'history.edit.move': 'Move part {{part}} to place {{place}}',
  'history.edit.cut': 'Cut the edit before frame {{frame}}',
  'history.edit.join': 'Join part {{part}} with the next one',
  'history.edit.trim': 'Trim part {{part}}',
  'jobs.edit': 'Colour the edit of {{name}}',
  'queue.title.edit_one': 'Colour {{count, number}} edit',
  'queue.title.edit_other': 'Colour {{count, number}} edits',
  'film.edit': 'Edit',
  'film.edit.count_one': '{{count, number}} part',
  'film.edit.count_other': '{{count, number}} parts',
  'film.edit.parts': 'Parts',
  'film.edit.partOf': 'Part {{part}}: {{name}}, frames {{from}} to {{to}}',
  'film.edit.start': 'First frame of part {{part}}',
  'film.edit.end': 'End of part {{part}}',
  'film.edit.added': '{{name}} is in the edit, frames {{from}} to {{to}}.',
  'film.edit.empty': 'Nothing in the edit yet',
  'film.edit.emptyText': 'Open a clip, set in and out, and add it to the edit. Parts are cut, trimmed and moved here, and become one film.',
  'film.edit.addClip': 'Add a clip',
  'film.edit.gone': 'This clip is not in the project any more.',
  'film.edit.noFilms': 'No film of this edit was written yet.',
  'film.edit.changed': 'The edit has changed: write it again',
  'film.edit.whole': 'Whole edit',
  'film.edit.started': 'The edit is in the queue.',
  'film.edit.startedDownload': 'The edit is in the queue; the film is handed over when it is done.',
}
