/** Titles of errors by code; message and remedy come with the error itself. */
export const errors = {
  'errors.bad-input': 'This file cannot be read',
  'errors.unsupported': 'This is not supported',
  'errors.too-large': 'This picture is too large',
  'errors.no-space': 'The disk is full',
  'errors.not-writable': 'The place cannot be written to',
  'errors.missing-model': 'A model is missing',
  'errors.bad-model': 'The model does not work',
  'errors.missing-component': 'A component is missing',
  'errors.locked': 'The project is in use',
  'errors.cancelled': 'Cancelled',
  'errors.engine-crashed': 'The colour engine stopped',
  'errors.internal': 'Something went wrong',
} as const
