/** The inspector's own words; those of steps are in steps.ts. */
export const inspector = {
  'inspector.detail': 'How much is shown',
  'inspector.simple': 'Simple',
  'inspector.everything': 'Everything',
  'inspector.auto': 'Auto',
  'inspector.factorPictures': 'Render factors as pictures',
  'inspector.factorPicture': 'Render factor {{factor}}',
  'inspector.factorMeaning': 'Lower is bolder, higher is finer',
  'inspector.fixedSize': '{{model}} always looks at one size, so there is no render factor to set.',
  'inspector.noModel': 'No model',
} as const
