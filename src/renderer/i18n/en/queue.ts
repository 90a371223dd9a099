/** The Queue room. */
export const queue = {
} as const
