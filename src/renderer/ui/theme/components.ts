import { Autocomplete, Button, Checkbox, Menu, Modal, Notification, NumberInput, Popover, SegmentedControl, Select, Switch, TextInput, Tooltip, type MantineThemeComponents } from '@mantine/core'
import classes from './components.module.css'
import { frame, measures, motion } from './tokens.ts'

const quickly = { duration: motion.popover, transition: 'fade' } as const
const field = { classNames: { input: classes['input'], label: classes['fieldLabel'], description: classes['fieldHelp'], section: classes['inputSection'] } }
const choices = { comboboxProps: { transitionProps: quickly, offset: 4 }, classNames: { ...field.classNames, dropdown: classes['dropdown'], option: classes['option'] } }

const buttonSizes: Record<string, Record<string, string>> = {
  xs: { '--button-height': 'var(--hg-row-button-small)', '--button-fz': 'var(--hg-font-caption)', '--button-padding-x': 'var(--hg-space-sm)' },
  sm: { '--button-height': 'var(--hg-row-button)', '--button-fz': 'var(--hg-font-base)', '--button-padding-x': 'var(--hg-space-md)' },
  lg: { '--button-height': 'var(--hg-row-button-large)', '--button-fz': 'var(--hg-font-panel)', '--button-padding-x': 'var(--hg-space-xl)' },
}

const quiet = { '--button-color': 'var(--hg-text)', '--button-hover': 'var(--hg-hover)' } as const
const buttonColors: Record<string, Record<string, string>> = {
  default: { ...quiet, '--button-bg': 'var(--hg-control)', '--button-bd': 'var(--hg-size-hairline) solid var(--hg-control-edge)' },
  outline: { ...quiet, '--button-bd': 'var(--hg-size-hairline) solid var(--hg-border)' },
  subtle: { ...quiet, '--button-bg': 'transparent', '--button-bd': 'none' },
}

/** How the library's components look and behave everywhere, so that no room says it again. */
export const componentDefaults: MantineThemeComponents = {
  Button: Button.extend({
    defaultProps: { variant: 'default' },
    vars: (_theme, { size, variant }) => ({ root: { ...buttonSizes[String(size ?? 'sm')], ...buttonColors[String(variant ?? 'default')] } }),
    classNames: { root: classes['button'], section: classes['buttonSection'], label: classes['buttonLabel'] },
  }),
  Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, transitionProps: quickly, events: { hover: true, focus: true, touch: false } }, classNames: { tooltip: classes['tooltip'] } }),
  Menu: Menu.extend({
    defaultProps: { transitionProps: quickly, position: 'bottom-start', offset: 4, width: measures.menu, withInitialFocusPlaceholder: false },
    classNames: { dropdown: classes['dropdown'], item: classes['menuItem'], label: classes['menuLabel'], divider: classes['menuDivider'], itemSection: classes['menuSection'] },
  }),
  Popover: Popover.extend({ defaultProps: { transitionProps: quickly, width: frame.popover }, classNames: { dropdown: classes['dropdown'] } }),
  Select: Select.extend({ defaultProps: { allowDeselect: false, comboboxProps: choices.comboboxProps }, classNames: choices.classNames }),
  Autocomplete: Autocomplete.extend({ defaultProps: { comboboxProps: choices.comboboxProps }, classNames: choices.classNames }),
  TextInput: TextInput.extend(field),
  NumberInput: NumberInput.extend({ classNames: { ...field.classNames, control: classes['numberControl'] } }),
  Switch: Switch.extend({ defaultProps: { withThumbIndicator: false }, classNames: { root: classes['switch'], track: classes['switchTrack'], thumb: classes['switchThumb'], label: classes['switchLabel'], labelWrapper: classes['switchLabelWrapper'], body: classes['switchBody'] } }),
  Checkbox: Checkbox.extend({ classNames: { input: classes['checkbox'], label: classes['switchLabel'] } }),
  SegmentedControl: SegmentedControl.extend({
    defaultProps: { transitionDuration: motion.hover },
    classNames: { root: classes['segments'], control: classes['segment'], label: classes['segmentLabel'], indicator: classes['segmentIndicator'] },
  }),
  Modal: Modal.extend({
    defaultProps: { centered: true, transitionProps: quickly, overlayProps: { backgroundOpacity: 0 }, size: measures.dialog },
    classNames: { content: classes['dialog'], header: classes['dialogHeader'], title: classes['dialogTitle'], body: classes['dialogBody'] },
  }),
  Notification: Notification.extend({ classNames: { root: classes['toast'], title: classes['toastTitle'], description: classes['toastText'] } }),
}
