import type { clipFaults as faultsSource, clipNotes as notesSource, clipRemedies as remediesSource, clipTerminal as terminalSource } from '../en/clips.ts'
import type { Translation } from '../catalogue.ts'

export const clipFaults: Translation<typeof faultsSource> = {
  'fault.clipFramesMissing': '{{file}}：应有 {{wanted}} 帧，只读到 {{found}} 帧；从第 {{frame}} 帧起缺失。',
  'fault.clipChunkFrames': '一个分段应有 {{wanted}} 帧，实际得到 {{found}} 帧。该分段未保留。',
  'fault.clipLumaChanged': '第 {{frame}} 帧的亮度会在处理中改变。结果未保留。',
  'fault.clipEncoder': 'ffmpeg（{{encoder}}）拒绝：{{reason}}',
  'fault.clipOtherChunks': '{{folder}} 中 {{file}} 的分段是用其他设置制作的。',
  'fault.clipEnding': '{{file}}：--preset {{preset}} 不能写成扩展名“{{ending}}”。',
  'fault.clipSound': '{{file}} 无法原样保存影片的声音（{{codec}}）。',
  'fault.clipAlpha': '{{file}} 带有透明度，{{encoding}} 无法保存。',
  'fault.clipTransfer': '{{file}} 是高动态范围（{{transfer}}），这里不上色。',
  'fault.clipRange': '{{file}} 的帧为 0 到 {{last}}：--from {{from}} --to {{to}} 不在其中。',
  'fault.clipNoColor': '配方里没有上色步骤。',
  'fault.clipChunksMissing': '还有 {{count}} 个分段没有完成：{{list}}。',
  'fault.clipSpace': '{{file}} 及其分段约需 {{needed}} MB，可用空间为 {{free}} MB。',
  'fault.clipSizeChanges': '{{file}} 的尺寸或像素格式在中途改变。',
  'fault.clipTimes': '{{file}}：第 {{frame}} 帧的时间没有接在前一帧之后。',
  'fault.clipBusy': '另一个进程正在生成 {{file}}。',
  'fault.clipSourceChanged': '{{file}} 在上色过程中被改动了。',
  'fault.clipWrong': '写出的影片不正确：{{what}}。结果未保留。',
  'fault.clipShots': '{{file}}：镜头没有首尾相接：第 {{frame}} 帧不属于任何镜头，或属于两个。',
  'fault.lineBreak': '{{file}} 的路径中有换行，无法告诉 ffmpeg。',
  'fault.clipPictureName': '{{file}} 没有说明编号图片放在哪里。',
  'fault.clipFolderHolds': '文件夹 {{file}} 里还有别的东西：{{other}}。',
  'fault.clipInColor': '{{file}} 已经是彩色的。',
  'fault.clipHintFrame': '{{file}}：有一个提示没有说明放在哪一帧。',
  'fault.clipReferenceShape': '{{file}}（{{width}}×{{height}}）的形状与影片的画面不同。',
}

export const clipRemedies: Translation<typeof remediesSource> = {
  'remedy.clipCheckFrames': '用 hourglass clip-info 检查整部影片，然后重试。',
  'remedy.clipSameSettings': '每次调用使用相同的选项，或删除该文件夹重新开始。',
  'remedy.clipEndings': '文件名请以 {{endings}} 结尾。',
  'remedy.clipConvertSound': '请先转换声音：ffmpeg -i 文件 -map 0 -c copy -c:a flac 新文件.mkv。',
  'remedy.clipAlphaPreset': '选择 --preset exact 写入 .mkv，或 --preset prores。',
  'remedy.clipToSdr': '先转换为标准动态范围（BT.709）。',
  'remedy.clipRange': '帧号从 0 开始；--to 是最后一帧之后的帧号。',
  'remedy.proxySequence': '直接播放即可：每帧本来就是一张独立的图片。',
  'remedy.clipRecipe': '打开上色步骤，或不要使用 --recipe。',
  'remedy.clipMakeChunks': '用 --chunk K 制作它们，然后再合并。',
  'remedy.clipTimes': '请先用 ffmpeg 把时间理顺：ffmpeg -fflags +genpts -i 文件 -map 0 -c copy 新文件.mkv。也可以用 --from 和 --to 分别给前后两段上色。',
  'remedy.clipBusy': '请等它完成，或换一个名字。多个进程可用 --chunk K 和 --join 分担一部影片。',
  'remedy.clipSourceChanged': '请等不再有程序写入它后重新开始。',
  'remedy.clipSplit': '先在该处把影片分成两个。',
  'remedy.clipShots': '让每个镜头从前一个的结尾开始，覆盖范围的第一帧到最后一帧；“to”是最后一帧之后的帧号。',
  'remedy.lineBreak': '请给该文件或其文件夹改名。',
  'remedy.clipPictureName': '请指定一个新文件夹，或其中的图片：out/frame_####.png（或 .tif）。',
  'remedy.clipForceColor': '仍要重新上色，请加上 --force-color。',
  'remedy.clipHintFrame': '给每个提示写上帧号："frame": 120。',
  'remedy.clipReference': '请选择正好是该帧的图片：可用 hourglass clip-frame 写出后上色。',
}

export const clipNotes: Translation<typeof notesSource> = {
  'note.clip.matrix': '文件没有说明颜色矩阵：按播放器的习惯采用 {{matrix}}。',
  'note.clip.rgb': '影片以 RGB 保存：先转换一次为亮度和颜色（BT.709），保留的是该亮度。',
  'note.clip.turn': '影片播放时应旋转 {{degrees}}°；只有 6.1 及以上的 ffmpeg 会把这一点写进 Matroska，.mp4 与 .mov 则总会写入。',
  'note.clip.odd': '奇数边长不能减半：颜色以全尺寸保存（4:4:4），并非所有播放器都能显示。',
  'note.clip.pictures': '图片为 16 位 RGB：写出后的亮度（{{matrix}}）与影片相差最多 {{off}} 个 8 位级。',
  'note.clip.damaged': '源文件已损坏（{{first}}）：ffmpeg 用来代替丢失画面的内容也上了色。',
  'note.clip.repeated': '{{frames}} 帧中有 {{count}} 帧重复前一画面：每个画面只上色一次。',
  'note.clip.largeFrames': '编码 {{width}}×{{height}} 的帧大约需要 {{memoryMb}} MB 内存。',
  'note.clip.lossy': '{{encoding}} 是有损编码：逐帧到达编码器时，亮度与源完全相同。',
}

export const clipTerminal: Translation<typeof terminalSource> = {
  'terminal.colorClip.done': '{{input}} → {{output}}：{{frames}} 帧，{{shots}} 个镜头，{{encoding}}；保留 {{rows}} 项中的 {{kept}} 项。{{luma}}',
  'terminal.colorClip.chunk': '{{input}}：{{chunks}} 个分段中的第 {{chunk}} 个已完成（{{frames}} 帧）。',
  'terminal.colorClip.noChunk': '{{input}} 有 {{chunks}} 个分段，编号 0 到 {{last}}：没有分段 {{chunk}}，无事可做。',
  'terminal.colorClip.same': '亮度相同。',
  'terminal.colorClip.working': '正在为 {{input}} 上色',
  'terminal.colorClip.notKept': '  ! {{name}}：{{before}} → {{after}}',
}
