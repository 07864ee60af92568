/** The image that the network saw, pixel for pixel. */

/** Shows images of a model's input size on a small canvas in the canvas's own colour. */
export class NetworkView {
  private image: ImageData | null = null;
  private colour = "";

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** Takes the input size of a model. */
  setSize(width: number, height: number): void {
    this.canvas.width = width;
    this.canvas.height = height;
    this.canvas.style.setProperty("--columns", String(width));
    this.canvas.style.setProperty("--rows", String(height));
    this.image = null;
  }

  /** Shows an image's ink, 0 background to 255, row by row, the first value of each pixel; null shows an empty one. */
  show(pixels: Uint8Array | null): void {
    const { width, height } = this.canvas;
    this.image = pixels && new ImageData(alphaOf(pixels, width * height), width, height);
    this.redraw();
  }

  /** Draws again, in the colour that the canvas has now. */
  recolour(): void {
    this.colour = "";
    this.redraw();
  }

  private redraw(): void {
    const { width, height } = this.canvas;
    const context = this.canvas.getContext("2d");
    if (!context) return;
    context.clearRect(0, 0, width, height);
    if (!this.image) return;
    context.putImageData(this.image, 0, 0);
    context.globalCompositeOperation = "source-in";
    // Asking for it at each answer would have the browser bring all styles up to date each time.
    this.colour ||= getComputedStyle(this.canvas).color;
    context.fillStyle = this.colour;
    context.fillRect(0, 0, width, height);
    context.globalCompositeOperation = "source-over";
  }
}

/** RGBA of count pixels, in which each one's ink is its opacity. */
function alphaOf(pixels: Uint8Array, count: number): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * count);
  const channels = pixels.length / count;
  for (let i = 0; i < count; i++) rgba[4 * i + 3] = pixels[channels * i] ?? 0;
  return rgba;
}
