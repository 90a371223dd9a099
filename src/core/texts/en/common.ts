/** Words that every room uses. */
export const common = {
  'common.add': 'Add…',
  'common.cancel': 'Cancel',
  'common.clear': 'Clear',
  'common.close': 'Close',
  'common.create': 'Create',
  'common.remove': 'Remove',
  'common.rename': 'Rename',
  'ui.mixed': 'mixed',
  'ui.slider.value': '{{name}}, value',
  'ui.tryAgain': 'Try again',
  'ui.state.todo': 'To do',
  'ui.state.doing': 'Doing',
  'ui.state.done': 'Done',
  'ui.state.doubtful': 'Doubtful',
  'ui.state.failed': 'Failed',
} as const
