import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.layer.css'
import { IconPhotoPlus } from '@tabler/icons-react'
import { useProject } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useAddFiles } from './adding.ts'
import classes from './DropOverlay.module.css'
import { useRoute } from './view.ts'

/**
 * Files dragged over the window: says where they will go, and takes them. The Models room takes its own kind.
 * Hidden from screen readers, which cannot drag: *Add photos* is their way.
 */
export function DropOverlay() {
  const { t } = useTexts()
  const { data: project } = useProject()
  const { room } = useRoute()
  const adding = useAddFiles()
  return (
    <Dropzone.FullScreen aria-hidden activateOnKeyboard={false} activateOnClick={false} active={room !== 'models'} onDrop={(files) => void adding.dropped(files)} classNames={{ fullScreen: classes['screen'] ?? '', root: classes['root'] ?? '', inner: classes['inner'] ?? '' }}>
      <IconPhotoPlus className={classes['icon']} />
      <p className={classes['title']}>{t('app.drop.title')}</p>
      <p className={classes['text']}>
        {project ? t('app.drop.to', { name: project.name }) : t('app.drop.toNew')} {t('app.drop.untouched')}
      </p>
    </Dropzone.FullScreen>
  )
}
