import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Width in CSS pixels of the element that the reference is given to; follows it. */
export function useWidth<T extends HTMLElement>(): [{ current: T | null }, number] {
  const element = useRef<T>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (target === null) return;
    const measure = () => setWidth(Math.floor(target.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}

/** A value of the page's theme, such as `--ink`; redraw when `useTheme` changes. */
export function themeColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Changes when the reader's system turns dark or light, so that what is drawn is drawn anew. */
export function useTheme(): string {
  const query = matchMedia('(prefers-color-scheme: dark)');
  const [theme, setTheme] = useState(query.matches ? 'dark' : 'light');
  useEffect(() => {
    const change = () => setTheme(query.matches ? 'dark' : 'light');
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  return theme;
}

interface CanvasProps {
  readonly width: number;
  readonly height: number;
  readonly label: string;
  readonly draw: (context: CanvasRenderingContext2D) => void;
  readonly onPoint?: ((x: number, y: number) => void) | undefined;
  readonly onLeave?: (() => void) | undefined;
}

/** A canvas that is sharp on every screen. `draw` and pointer positions are in CSS pixels. */
export function Canvas({ width, height, label, draw, onPoint, onLeave }: CanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  useLayoutEffect(() => {
    const target = canvas.current;
    const context = target?.getContext('2d') ?? null;
    if (target === null || context === null || width <= 0) return;
    // Beyond this size browsers refuse to draw.
    const scale = Math.min(devicePixelRatio, 16_000 / Math.max(width, height));
    target.width = Math.round(width * scale);
    target.height = Math.round(height * scale);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    draw(context);
  }, [width, height, draw, theme]);
  const point = (event: PointerEvent) => {
    const box = canvas.current?.getBoundingClientRect();
    if (box !== undefined) onPoint?.(event.clientX - box.left, event.clientY - box.top);
  };
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      style={{ width: `${width}px`, height: `${height}px` }}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={onLeave}
    />
  );
}
