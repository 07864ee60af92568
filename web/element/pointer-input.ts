/** Mouse, finger and pen on the pad. */
import type { Point } from "../types";
import { SIDE, type Pad } from "./pad";
import { PLACES, placeOn, type Seen } from "./place";

/** The button that the other end of a pen presses. */
const ERASER_BUTTON = 5;

/** A second finger this many ms after the first, at most, makes a pinch of both. */
const PINCH = 150;

/** Turns the pointer events of a canvas into gestures of its pad. */
export class PointerInput {
  private live: { readonly pointerId: number; readonly pointerType: string; readonly since: number } | null = null;
  private penSeen = false;
  /** Elements without a size, by which the page tells where these places of the canvas are seen. */
  private readonly probes = PLACES.map(({ x, y }) => {
    const probe = document.createElement("i");
    Object.assign(probe.style, { position: "absolute", gridArea: "1/1/2/2", left: `${100 * x}%`, top: `${100 * y}%` });
    return probe;
  });
  /** Lets fingers draw although a pen has been seen. */
  fingersToo = false;

  /** onPen hears once that a pen is there, from when on fingers and palms do not draw. */
  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly pad: Pad,
    private readonly onPen: () => void,
  ) {
    canvas.after(...this.probes);
    const on = (type: keyof HTMLElementEventMap, listen: (event: PointerEvent) => void) =>
      canvas.addEventListener(type, (event) => listen(event as PointerEvent));
    on("pointerdown", (event) => this.down(event));
    on("pointermove", (event) => this.move(event));
    on("pointerup", (event) => this.up(event));
    on("pointercancel", (event) => this.cancel(event));
    on("lostpointercapture", (event) => this.up(event, false));
    on("contextmenu", (event) => this.live && event.preventDefault());
    // Safari selects and magnifies on a long touch unless the touch itself is refused.
    canvas.addEventListener("touchstart", (event) => pad.isLocked || event.preventDefault(), { passive: false });
  }

  /** Whether a pointer that goes down draws or erases. */
  draws(event: PointerEvent): boolean {
    const acts = event.button === 0 || event.button === ERASER_BUTTON;
    return acts && !this.pad.isLocked && !this.isPalm(event) && this.givesWay(event);
  }

  private down(event: PointerEvent): void {
    this.notice(event);
    if (this.isPinch(event)) return this.callOff();
    if (!this.draws(event)) return;
    if (this.isPenAfterPalm(event)) this.pad.cancel(); // What the palm drew before the pen came.
    const erases = event.button === ERASER_BUTTON;
    this.live = { pointerId: event.pointerId, pointerType: event.pointerType, since: event.timeStamp };
    try {
      this.canvas.setPointerCapture(event.pointerId);
    } catch {
      // Dispatched events have no pointer to capture.
    }
    this.pad.begin(erases ? "eraser" : undefined);
    this.extend([event]);
  }

  /** Whether the pointer that is down makes place for a new one. */
  private givesWay(event: PointerEvent): boolean {
    if (!this.live) return true;
    // A second finger draws nothing; a pointer that is down again has ended its last stroke unseen.
    return this.isPenAfterPalm(event) || this.owns(event) || (event.isPrimary && event.pointerType === this.live.pointerType);
  }

  /** Two fingers that come together mean to zoom; one that rests beside a line being drawn comes later. */
  private isPinch(event: PointerEvent): boolean {
    const { live } = this;
    return live?.pointerType === "touch" && event.pointerType === "touch" && !this.givesWay(event) && event.timeStamp - live.since < PINCH;
  }

  private isPenAfterPalm(event: PointerEvent): boolean {
    return event.pointerType === "pen" && this.live?.pointerType === "touch";
  }

  private move(event: PointerEvent): void {
    this.notice(event);
    if (!this.owns(event)) return;
    const coalesced = event.getCoalescedEvents?.() ?? [];
    this.extend(coalesced.length > 0 ? coalesced : [event]);
  }

  private up(event: PointerEvent, placed = true): void {
    if (!this.owns(event)) return;
    if (placed) this.extend([event]);
    this.live = null;
    this.pad.end();
  }

  private cancel(event: PointerEvent): void {
    if (this.owns(event)) this.callOff();
  }

  private callOff(): void {
    this.live = null;
    this.pad.cancel();
  }

  private notice(event: PointerEvent): void {
    if (event.pointerType !== "pen" || this.penSeen) return;
    this.penSeen = true;
    this.onPen();
  }

  /** A resting palm, and any finger, once a pen has been seen. */
  private isPalm(event: PointerEvent): boolean {
    return event.pointerType === "touch" && this.penSeen && !this.fingersToo;
  }

  private owns(event: PointerEvent): boolean {
    return this.live?.pointerId === event.pointerId;
  }

  private extend(events: readonly PointerEvent[]): void {
    const seen = this.probes.map((probe) => probe.getBoundingClientRect());
    this.pad.extend(events.flatMap((event) => pointOf(event, seen, this.pad.height) ?? []));
  }
}

/** The point of an event on a canvas that is seen so, in the pad's unit; null: beyond the horizon of a canvas that is tilted. */
function pointOf({ clientX, clientY }: PointerEvent, seen: Seen, height: number): Point | null {
  const place = placeOn(seen, { x: clientX, y: clientY });
  return place && { x: SIDE * place.x, y: height * place.y };
}
