import { lazy, Suspense } from 'react'
import { ChooseLayers } from './ChooseLayers.tsx'
import { OpenProject } from './OpenProject.tsx'
import { Palette } from './Palette.tsx'
import { ProjectName } from './ProjectName.tsx'
import { useView } from './view.ts'

const ShortcutsDialog = lazy(async () => ({ default: (await import('../settings/ShortcutsDialog.tsx')).ShortcutsDialog }))

/** What lies over the frame: palette and the few dialogs that belong to no room. */
export function Dialogs() {
  const dialog = useView((state) => state.dialog)
  const close = () => useView.setState({ dialog: null })
  return (
    <>
      <Palette />
      <ChooseLayers />
      <OpenProject opened={dialog === 'open'} onClose={close} />
      {dialog === 'new' || dialog === 'rename' ? <ProjectName what={dialog} onClose={close} /> : null}
      <Suspense fallback={null}>{dialog === 'shortcuts' ? <ShortcutsDialog onClose={close} /> : null}</Suspense>
    </>
  )
}
