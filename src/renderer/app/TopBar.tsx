import { UnstyledButton } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconSearch } from '@tabler/icons-react'
import logo from '../../../resources/logo-small.svg?no-inline'
import { useTexts } from '../i18n/index.ts'
import { useProject } from '../client/queries.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { ShortcutKeys } from '../ui/ShortcutKeys.tsx'
import { useCommandButton } from './commands.ts'
import { ProjectMenu } from './ProjectMenu.tsx'
import { QueuePill } from './QueuePill.tsx'
import { placeOf } from './slots.tsx'
import classes from './TopBar.module.css'

/** Where, undone, compared how, what runs, what next. */
export function TopBar({ hidden }: { readonly hidden: boolean }) {
  const { t } = useTexts()
  const { data: project } = useProject()
  const undo = useCommandButton('edit.undo')
  const redo = useCommandButton('edit.redo')
  const search = useCommandButton('view.palette')
  return (
    <header className={classes['bar']} hidden={hidden}>
      <div className={classes['start']}>
        <span className={classes['logoPlace']}>
          {/* The hourglass alone: the ring of the small logo would be mush at this size. */}
          <img src={`${logo}#svgView(viewBox(50,4,156,248))`} alt="" className={classes['logo']} draggable={false} />
        </span>
        <ProjectMenu />
        {project ? (
          <>
            <span className={classes['divider']} />
            <IconButton label={t('commands.edit.undo')} icon={IconArrowBackUp} shortcut={undo.shortcut} disabled={!undo.enabled} onClick={undo.run} />
            <IconButton label={t('commands.edit.redo')} icon={IconArrowForwardUp} shortcut={redo.shortcut} disabled={!redo.enabled} onClick={redo.run} />
          </>
        ) : null}
      </div>
      <div ref={placeOf('compare')} className={classes['centre']} />
      <div className={classes['end']}>
        <UnstyledButton className={classes['search']} onClick={search.run}>
          <IconSearch className={classes['searchIcon']} />
          <span className={classes['searchText']}>{t('app.search')}</span>
          {search.shortcut ? <ShortcutKeys shortcut={search.shortcut} joined /> : null}
        </UnstyledButton>
        <QueuePill />
        <div ref={placeOf('primary')} className={classes['primary']} />
      </div>
    </header>
  )
}
