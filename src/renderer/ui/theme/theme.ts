import { createTheme, type CSSVariablesResolver, type MantineColorsTuple, type MantineThemeOverride } from '@mantine/core'
import { blue, fontFamily, fontFamilyMono, fontSize, greys, lineHeight, radius, shadows, space, stages, states } from './tokens.ts'
import { componentDefaults } from './components.ts'
import { hourglassVariables, type Look } from './variables.ts'

const px = (value: number) => `${value}px`

/** The library's ten dark greys, light to dark, in the order its own variables expect (text, label, … panel, bar, stage). */
function darkScale(look: Look): MantineColorsTuple {
  const grey = greys[look.tone === 'light' ? 'dark' : look.tone]
  return [grey.text, grey.label, grey.quiet, grey.off, grey.border, grey.hover, grey.control, grey.panel, grey.bar, stages.dark.background]
}

/** Its ten light greys; slots 3, 7 and 9 are between the named ones. */
const grayScale: MantineColorsTuple = [
  greys.light.panel,
  greys.light.bar,
  greys.light.hover,
  '#cccccc',
  greys.light.border,
  greys.light.off,
  greys.light.quiet,
  '#4e4e4e',
  greys.light.label,
  greys.light.text,
]

/** The Mantine theme of a look. Mid is no third scheme: scheme dark with its own ten greys. */
export function themeOf(look: Look): MantineThemeOverride {
  return createTheme({
    colors: { dark: darkScale(look), gray: grayScale, blue: [...blue] as unknown as MantineColorsTuple },
    primaryColor: 'blue',
    primaryShade: 6,
    white: '#ffffff',
    black: greys.light.text,
    fontFamily,
    fontFamilyMonospace: fontFamilyMono,
    fontSizes: { xs: px(fontSize.tag), sm: px(fontSize.caption), md: px(fontSize.base), lg: px(fontSize.panel), xl: px(fontSize.room) },
    lineHeights: { xs: px(lineHeight.tag), sm: px(lineHeight.caption), md: px(lineHeight.base), lg: px(lineHeight.panel), xl: px(lineHeight.room) },
    headings: { fontFamily, fontWeight: '600' },
    spacing: Object.fromEntries(Object.entries(space).map(([name, value]) => [name, px(value)])),
    radius: Object.fromEntries(Object.entries(radius).map(([name, value]) => [name, px(value)])),
    defaultRadius: 'sm',
    shadows: { sm: shadows[look.tone].knob, md: shadows[look.tone].popover },
    focusRing: 'auto',
    respectReducedMotion: true,
    cursorType: 'default',
    autoContrast: false,
    components: componentDefaults,
    other: { look },
  })
}

/** Adds the `--hg-*` variables and corrects those of the library that would be too weak or tinted. */
export const variablesResolver: CSSVariablesResolver = (theme) => {
  const look = theme.other['look'] as Look
  const grey = greys[look.tone]
  const shared = { ...hourglassVariables(look), '--mantine-color-placeholder': grey.quiet, '--mantine-color-error': states[look.tone].failed, '--mantine-color-dimmed': grey.quiet }
  return {
    variables: shared,
    dark: { '--mantine-color-body': grey.panel, '--mantine-color-text': grey.text, '--mantine-color-default-border': grey.border, '--mantine-color-placeholder': grey.quiet, '--mantine-color-error': states[look.tone].failed },
    light: {
      '--mantine-color-body': grey.panel,
      '--mantine-color-text': grey.text,
      '--mantine-color-anchor': blue[7],
      '--mantine-color-default-border': grey.border,
      '--mantine-color-placeholder': grey.quiet,
      '--mantine-color-dimmed': grey.quiet,
      '--mantine-color-error': states.light.failed,
    },
  }
}
