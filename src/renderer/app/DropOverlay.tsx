import { Dropzone } from '@mantine/dropzone'
import '@mantine/dropzone/styles.layer.css'
import { IconColorSwatch, IconPhotoPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useProject } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useAddFiles } from './adding.ts'
import { useDropZones } from './dropZone.ts'
import classes from './DropOverlay.module.css'
import { useRoute } from './view.ts'

const dropTexts = { photo: 'app.drop.title', page: 'app.drop.pages', clip: 'app.drop.clips' } as const

/**
 * Files dragged over the window: says where they will go, and takes them. The Models room takes its own kind.
 * Parts of the page may offer places of their own beside it. Hidden from screen readers, which cannot drag: *Add photos* is their way.
 */
export function DropOverlay() {
  const { t } = useTexts()
  const { data: project } = useProject()
  const { room } = useRoute()
  const adding = useAddFiles()
  const kind = room === 'pages' ? 'page' : room === 'film' ? 'clip' : 'photo'
  const zones = useDropZones((state) => state.zones)
  const [over, setOver] = useState<number | null>(null)
  return (
    <Dropzone.FullScreen
      aria-hidden
      activateOnKeyboard={false}
      activateOnClick={false}
      active={room !== 'models'}
      onDrop={(files) => {
        setOver(null)
        const zone = over === null ? undefined : zones[over]
        if (zone) zone.take(files)
        else void adding.dropped(files, kind)
      }}
      classNames={{ fullScreen: classes['screen'] ?? '', root: classes['root'] ?? '', inner: classes['inner'] ?? '' }}
    >
      <div className={classes['place']}>
        <IconPhotoPlus className={classes['icon']} />
        <p className={classes['title']}>{t(dropTexts[kind])}</p>
        <p className={classes['text']}>
          {project ? t('app.drop.to', { name: project.name }) : t('app.drop.toNew')} {t('app.drop.untouched')}
        </p>
      </div>
      {zones.length > 0 && (
        <div className={classes['zones']}>
          {zones.map(({ text }, n) => (
            <div
              key={text}
              className={classes['zone']}
              data-drop-zone
              data-over={over === n || undefined}
              onDragEnter={() => setOver(n)}
              onDragOver={() => setOver(n)}
              onDragLeave={() => setOver(null)}
            >
              <IconColorSwatch className={classes['icon']} />
              <p className={classes['title']}>{text}</p>
            </div>
          ))}
        </div>
      )}
    </Dropzone.FullScreen>
  )
}
