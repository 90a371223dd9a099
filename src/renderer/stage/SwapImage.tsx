import { useEffect, useRef, useState, type CSSProperties } from 'react'

interface SwapImageProps {
  /** Address of the picture; null shows nothing. */
  readonly src: string | null
  readonly alt: string
  readonly className?: string | undefined
  readonly style?: CSSProperties | undefined
  /** Called once the picture is really on the screen. */
  readonly onShown?: ((src: string) => void) | undefined
}

/** Shows a new picture only when it is decoded, and until then the one before: nothing flashes. */
export function SwapImage({ src, alt, className, style, onShown }: SwapImageProps) {
  const [shown, setShown] = useState<string | null>(null)
  const report = useRef(onShown)
  report.current = onShown

  useEffect(() => {
    if (src === null) {
      setShown(null)
      return
    }
    let wanted = true
    const image = new Image()
    image.src = src
    image.decode().then(
      () => {
        if (!wanted) return
        setShown(src)
        requestAnimationFrame(() => wanted && report.current?.(src))
      },
      // A picture that was swept from the cache meanwhile: the next request makes it again.
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [src])

  return shown === null ? null : <img src={shown} alt={alt} className={className} style={style} draggable={false} />
}
