/** What is said of colouring films. */
export const clipFaults = {
  'fault.clipFramesMissing': '{{file}}: {{wanted}} frames were to come and {{found}} did; frame {{frame}} is the first that is missing.',
  'fault.clipChunkFrames': 'A chunk was to have {{wanted}} frames and got {{found}}. Nothing of it was kept.',
  'fault.clipLumaChanged': 'The luma of frame {{frame}} would have changed on its way. Nothing was kept.',
  'fault.clipEncoder': 'ffmpeg ({{encoder}}) refused: {{reason}}',
  'fault.clipOtherChunks': 'The chunks of {{file}} in {{folder}} were made with other settings.',
  'fault.clipEnding': '{{file}}: --preset {{preset}} cannot be written with the ending “{{ending}}”.',
  'fault.clipSound': '{{file}} cannot hold the sound of the film ({{codec}}) as it is.',
  'fault.clipAlpha': '{{file}} has transparency, which {{encoding}} cannot hold.',
  'fault.clipTransfer': '{{file}} is in high dynamic range ({{transfer}}), which is not coloured here.',
  'fault.clipRange': '{{file}} has the frames 0 to {{last}}: --from {{from}} --to {{to}} is no part of it.',
  'fault.clipNoColor': 'The recipe has no step that colours.',
  'fault.clipChunksMissing': '{{count}} chunks are not there yet: {{list}}.',
  'fault.clipSpace': '{{file}} and its chunks need about {{needed}} MB; {{free}} MB are free.',
  'fault.clipSizeChanges': '{{file}} changes its size or pixel format in the middle.',
  'fault.clipWrong': 'The written film is not what it should be: {{what}}. It was not kept.',
  'fault.clipShots': '{{file}}: the shots do not follow one another: frame {{frame}} belongs to none of them, or to two.',
  'fault.lineBreak': 'The path of {{file}} holds a line break, which ffmpeg cannot be told.',
  'fault.clipPictureName': '{{file}} does not say where numbered pictures go.',
  'fault.clipFolderHolds': 'The folder {{file}} holds something else too: {{other}}.',
  'fault.clipInColor': '{{file}} is in colour already.',
  'fault.clipHintFrame': '{{file}}: a hint does not say at which frame it was placed.',
  'fault.clipReferenceShape': '{{file}} ({{width}}×{{height}}) has another shape than the frames of the film.',
} as const

export const clipRemedies = {
  'remedy.clipCheckFrames': 'hourglass clip-info looks through the whole film; then try again.',
  'remedy.clipSameSettings': 'Give the same options to every call, or remove that folder to start anew.',
  'remedy.clipEndings': 'End the name with {{endings}}.',
  'remedy.clipOtherContainer': 'Name the result .mkv, which holds any sound, or .mov.',
  'remedy.clipAlphaPreset': 'Choose --preset exact into .mkv, or --preset prores.',
  'remedy.clipToSdr': 'Convert it to standard dynamic range (BT.709) first.',
  'remedy.clipRange': 'Frames count from 0; --to is the frame after the last.',
  'remedy.proxySequence': 'Play them as they are: each is a picture of its own already.',
  'remedy.clipRecipe': 'Switch the colour step on, or leave --recipe out.',
  'remedy.clipMakeChunks': 'Make them with --chunk K, then join again.',
  'remedy.clipSplit': 'Split it there into two films first.',
  'remedy.clipShots': 'Let every shot begin where the one before ends, from the first frame of the range to its last; “to” is the frame after the last.',
  'remedy.lineBreak': 'Rename the file or its folder.',
  'remedy.clipPictureName': 'Name a new folder, or pictures in one: out/frame_####.png (or .tif).',
  'remedy.clipForceColor': 'Give --force-color to colour it anew all the same.',
  'remedy.clipHintFrame': 'Give every hint its frame number: "frame": 120.',
  'remedy.clipReference': 'Choose a picture of just that frame: hourglass clip-frame writes one, to be coloured.',
} as const

export const clipNotes = {
  'note.clip.matrix': 'The file does not say by which matrix its colour is stored: {{matrix}} was taken, as players do.',
  'note.clip.rgb': 'The film is stored as RGB: it was converted once to luma and colour (BT.709); that luma is what was kept.',
  'note.clip.turn': 'The film is to be turned by {{degrees}}° when it is shown, which ffmpeg tells in Matroska only from version 6.1 on; .mp4 and .mov always do.',
  'note.clip.odd': 'Odd sides have no half: colour is stored at full size (4:4:4), which not every player shows.',
  'note.clip.pictures': 'The pictures are RGB of 16 bits: luma ({{matrix}}) of what was written is at most {{off}} of an 8-bit step from the film’s.',
  'note.clip.repeated': '{{count}} of {{frames}} frames repeat the picture before them: each picture was coloured once.',
  'note.clip.lossy': '{{encoding}} is lossy: luma was the source’s own, frame by frame, when it reached the encoder.',
} as const

export const clipTerminal = {
  'terminal.colorClip.done': '{{input}} → {{output}}: {{frames}} frames in {{shots}} shots, {{encoding}}; luma {{luma}}; kept {{kept}} of {{rows}}.',
  'terminal.colorClip.chunk': '{{input}}: chunk {{chunk}} of {{chunks}} is there ({{frames}} frames).',
  'terminal.colorClip.noChunk': '{{input}} has {{chunks}} chunks, 0 to {{last}}: there is no chunk {{chunk}}, and nothing to do.',
  'terminal.colorClip.working': 'colouring {{input}}',
  'terminal.colorClip.same': 'identical',
  'terminal.colorClip.notKept': '  ! {{name}}: {{before}} → {{after}}',
} as const
