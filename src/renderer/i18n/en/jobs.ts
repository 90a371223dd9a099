/** Titles and logs of jobs, written by the studio as keys with values. */
export const jobs = {
} as const
