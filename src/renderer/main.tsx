import { createRoot } from 'react-dom/client'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './ui/theme/global.css'
import { Studio } from './app/Studio.tsx'
import { prepare } from './app/prepare.ts'
import { connect } from './client/connect.ts'

const place = document.getElementById('root')
if (!place) throw new Error('The page has no #root.')

const prepared = await prepare(connect())
createRoot(place).render(<Studio {...prepared} />)
