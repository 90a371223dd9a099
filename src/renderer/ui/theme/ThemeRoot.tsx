import { MantineProvider } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useEffect, useMemo, type ReactNode } from 'react'
import type { Settings } from '../../../contract/settings.ts'
import { themeOf, variablesResolver } from './theme.ts'
import { greys, type Tone } from './tokens.ts'
import type { Look } from './variables.ts'

/** The look that the user's settings, the system and the pointer give together. */
function useLook({ theme, surround }: Pick<Settings, 'theme' | 'surround'>): Look {
  const systemIsLight = useMediaQuery('(prefers-color-scheme: light)', undefined, { getInitialValueInEffect: false })
  const coarse = useMediaQuery('(pointer: coarse)', undefined, { getInitialValueInEffect: false })
  const tone: Tone = theme === 'system' ? (systemIsLight ? 'light' : 'dark') : theme
  const around = surround === 'theme' ? greys[tone].surround : surround
  return useMemo(() => ({ tone, surround: around, coarse: coarse === true }), [tone, around, coarse])
}

/** Gives everything below it the colours, sizes and times of the user's theme. */
export function ThemeRoot({ theme, surround, children }: Pick<Settings, 'theme' | 'surround'> & { children: ReactNode }) {
  const look = useLook({ theme, surround })
  const mantineTheme = useMemo(() => themeOf(look), [look])
  useEffect(() => {
    document.documentElement.dataset['tone'] = look.tone
  }, [look.tone])
  return (
    <MantineProvider theme={mantineTheme} cssVariablesResolver={variablesResolver} forceColorScheme={look.tone === 'light' ? 'light' : 'dark'}>
      {children}
    </MantineProvider>
  )
}
