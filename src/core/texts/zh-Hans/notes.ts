import type { notes as source } from '../en/notes.ts'
import type { Translation } from '../catalogue.ts'

export const notes: Translation<typeof source> = {
  'note.firstPage': '{{file}} 含有 {{pages}} 张图片；使用第一张。',
  'note.iptcInXmp': '{{format}} 格式没有 IPTC 数据的位置；各条记录已写入 XMP 数据。',
  'note.iptcDiffers': 'XMP 数据与这些 IPTC 记录不一致，保留了 XMP：{{records}}。',
  'note.iptcLost': 'XMP 没有这些 IPTC 记录的位置，已略去：{{records}}。',
  'note.iptcDamaged': 'IPTC 数据已损坏；读不出的部分已略去。',
  'note.exifLost': '无法读取 EXIF 数据，已略去。',
  'note.xmpLost': 'XMP 数据已损坏，已略去。',
  'note.profileConverted': '颜色已从“{{profile}}”转换为 sRGB。',
  'note.alphaLost': 'JPEG 没有透明度：图片已衬上白底。',
  'note.depthLost': '{{format}} 格式每通道只有 8 位：16 位色调已取整。',
  'note.parameterRepaired': '步骤“{{step}}”的设置“{{name}}”无效，已改回默认值。',
  'note.alreadyColor': '图片本来就是彩色的，未作改动。',
  'note.factorLowered': '内存不足，网络无法以渲染系数 {{wanted}} 运行，改用了 {{factor}}。',
  'note.inStrips': '为使内存不超过 {{limit}} MB，图片已分条处理。',
  'note.viewCoarser': '内存设置（{{limit}} MB）容不下这张图片的完整尺寸：此处显示得比原片粗略，导出的图片不受影响。',
  'note.factorBounded': '内存设置（{{limit}} MB）容不下渲染系数 {{wanted}}，改用了 {{factor}}。',
}
