import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { useEffect } from 'react'
import { I18nextProvider, useTranslation } from 'react-i18next'
import { settings as settingsSchema } from '../../contract/settings.ts'
import { StudioProvider } from '../client/context.tsx'
import { useSettings } from '../client/queries.ts'
import { switchLanguage } from '../i18n/index.ts'
import { chosenLanguage } from '../../core/texts/language.ts'
import { toastStay } from '../ui/theme/tokens.ts'
import { ThemeRoot } from '../ui/theme/ThemeRoot.tsx'
import { Crash } from './Crash.tsx'
import { Frame } from './Frame.tsx'
import classes from './Studio.module.css'
import type { Prepared } from './prepare.ts'

const standard = settingsSchema.parse({})

/** Theme and language of the user's settings, changing live. */
function Themed() {
  const { data: settings = standard } = useSettings()
  const { i18n } = useTranslation()
  const language = chosenLanguage(settings.language, navigator.languages)
  useEffect(() => {
    if (i18n.language !== language) void switchLanguage(i18n, language)
  }, [i18n, language])
  return (
    <ThemeRoot theme={settings.theme} surround={settings.surround}>
      <Crash>
        <Frame />
      </Crash>
      <Notifications position="bottom-right" limit={3} autoClose={toastStay} classNames={{ root: classes['toasts'] ?? '' }} />
    </ThemeRoot>
  )
}

/** The whole page. */
export function Studio({ connection, queryClient, translations }: Prepared) {
  return (
    <StudioProvider connection={connection}>
      <QueryClientProvider client={queryClient}>
        <I18nextProvider i18n={translations}>
          <Themed />
        </I18nextProvider>
      </QueryClientProvider>
    </StudioProvider>
  )
}
