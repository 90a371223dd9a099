import { lineTool } from '../line.ts'

/** The line counts as ink: it closes a gap or divides a region. */
export const divideTool = lineTool('closings', { key: 'history.page.divide' })
