// Area averages along a line.

/** Sums of a line over `to` equal parts; a pixel on a border is shared in proportion. Each sum is in source pixels. */
export function sumLine(line: usize, width: i32, sums: usize, to: i32): void {
  for (let part = 0; part < to; part++) {
    const from = <f64>part * width / to
    const end = <f64>(part + 1) * width / to
    let x = <i32>from
    const last = min(width - 1, <i32>end)
    let sum: f32 = 0
    if (x == last) {
      sum = load<f32>(line + (<usize>x << 2)) * <f32>(end - from)
    } else {
      sum = load<f32>(line + (<usize>x << 2)) * <f32>(<f64>(x + 1) - from)
      for (x++; x < last; x++) sum += load<f32>(line + (<usize>x << 2))
      sum += load<f32>(line + (<usize>last << 2)) * <f32>(end - <f64>last)
    }
    store<f32>(sums + (<usize>part << 2), sum)
  }
}

/** target += line × share. */
export function addLine(line: usize, count: i32, share: f32, target: usize): void {
  for (let x = 0; x < count; x++) {
    const p = <usize>x << 2
    store<f32>(target + p, load<f32>(target + p) + load<f32>(line + p) * share)
  }
}
