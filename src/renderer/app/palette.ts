import { spotlight } from '@mantine/spotlight'

/** Opens the command palette. */
export const openPalette = (): void => spotlight.open()
