/** The Models room. */
export const models = {
} as const
