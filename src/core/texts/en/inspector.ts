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
  'inspector.factorReason.fixed': '{{model}} always looks at one size',
  'inspector.factorReason.agreement': '{{factor}} agrees best with the others ({{tried}})',
  'inspector.factorReason.spread': '{{factor}} keeps colours inside their edges best ({{tried}} tried)',
  'inspector.factorReason.colorfulness': '{{factor}} is colourful like a real photo ({{tried}} tried)',
  'inspector.factorReason.gamut': '{{factor}} stays best within real colours ({{tried}} tried)',
} as const
