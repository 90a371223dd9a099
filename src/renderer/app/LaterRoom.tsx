import { Button } from '@mantine/core'
import { IconMovie } from '@tabler/icons-react'
import { useTexts } from '../i18n/index.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { go } from './view.ts'

/** A room that this version only announces: what it will hold, and what can be done today. */
export function LaterRoom() {
  const { t } = useTexts()
  return (
    <EmptyState heading="h1" icon={IconMovie} title={t('app.later.film')} action={<Button onClick={() => go('photos')}>{t('app.later.action')}</Button>}>
      {t('app.later.filmText')}
    </EmptyState>
  )
}
