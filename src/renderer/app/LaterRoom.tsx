import { Button } from '@mantine/core'
import { IconBook2, IconMovie } from '@tabler/icons-react'
import { useTexts } from '../i18n/index.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { go } from './view.ts'

/** A room that this version only announces: what it will hold, and what can be done today. */
export function LaterRoom({ room }: { readonly room: 'pages' | 'film' }) {
  const { t } = useTexts()
  return (
    <EmptyState heading="h1" icon={room === 'pages' ? IconBook2 : IconMovie} title={t(`app.later.${room}`)} action={<Button onClick={() => go('photos')}>{t('app.later.action')}</Button>}>
      {t(`app.later.${room}Text`)}
    </EmptyState>
  )
}
