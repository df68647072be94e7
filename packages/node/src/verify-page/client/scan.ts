import { decodeQR } from 'qr/decode.js';

/** Longest side of a picture that is searched: a symbol of 97 modules has several pixels a module in it. */
const sideMax = 1600;

/** Text of the code in a picture; undefined when there is none. */
export function readPicture(
  picture: CanvasImageSource,
  size: { readonly width: number; readonly height: number },
): string | undefined {
  const scale = Math.min(1, sideMax / Math.max(size.width, size.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(size.width * scale);
  canvas.height = Math.round(size.height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null || canvas.width === 0 || canvas.height === 0) return undefined;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    return undefined;
  }
}

/** A photo from the disk. */
export async function readPhoto(file: Blob): Promise<string | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (picture === undefined) return undefined;
  try {
    return readPicture(picture, picture);
  } finally {
    picture.close();
  }
}

/** Looks through the camera several times a second until it is stopped. */
export class Camera {
  readonly #video: HTMLVideoElement;
  readonly #onText: (text: string) => void;
  #stream: MediaStream | undefined;
  #timer: number | undefined;

  constructor(video: HTMLVideoElement, onText: (text: string) => void) {
    this.#video = video;
    this.#onText = onText;
  }

  get running(): boolean {
    return this.#stream !== undefined;
  }

  /** Rejects when there is no camera or it is not allowed. */
  async start(): Promise<void> {
    this.#stream = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1920 } },
    });
    this.#video.srcObject = this.#stream;
    await this.#video.play();
    this.#timer = window.setInterval(() => {
      const { videoWidth: width, videoHeight: height } = this.#video;
      const text = readPicture(this.#video, { width, height });
      if (text !== undefined) this.#onText(text);
    }, 200);
  }

  stop(): void {
    window.clearInterval(this.#timer);
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    this.#video.srcObject = null;
  }
}
