import { lineTool } from '../line.ts'

/** The regions that the line crosses become one. */
export const joinTool = lineTool('joins', { key: 'history.page.join' })
