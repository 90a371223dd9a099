/** The Settings room. */
export const settings = {
} as const
