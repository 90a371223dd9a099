/** What is worth knowing of a result. */
export const notes = {
  'note.firstPage': '{{file}} holds {{pages}} pictures; the first one is used.',
  'note.iptcInXmp': 'The format {{format}} has no place for IPTC data; its records stand in the XMP data.',
  'note.iptcDiffers': 'The XMP data says otherwise than these IPTC records, and was left as it is: {{records}}.',
  'note.iptcLost': 'XMP has no place for these IPTC records, which were left out: {{records}}.',
  'note.iptcDamaged': 'The IPTC data is damaged; what could not be read of it was left out.',
  'note.exifLost': 'The EXIF data could not be read and was left out.',
  'note.xmpLost': 'The XMP data is damaged and was left out.',
  'note.profileConverted': 'Colours were converted from "{{profile}}" to sRGB.',
  'note.alphaLost': 'JPEG has no transparency: the picture was laid on white.',
  'note.depthLost': 'The format {{format}} holds 8 bits a channel: 16-bit tones were rounded.',
  'note.parameterRepaired': 'The setting “{{name}}” of the step “{{step}}” was not valid and was set to its default.',
  'note.alreadyColor': 'The picture is in colour already and was left as it is.',
  'note.factorLowered': 'The network could not run at render factor {{wanted}} (not enough memory); it ran at {{factor}}.',
  'note.inStrips': 'The picture was worked on in strips to stay below {{limit}} MB of memory.',
  'note.viewCoarser': 'The memory setting ({{limit}} MB) does not hold this picture at full size: this part is shown coarser than it is. The exported picture is not.',
  'note.factorBounded': 'The memory setting ({{limit}} MB) does not hold render factor {{wanted}}; the network ran at {{factor}}.',
} as const
