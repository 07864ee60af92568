/**
 * The network's two inner loops in WebAssembly's SIMD (internal/kernel/simd): a module of its own, which computes in
 * Go's memory. It lies in a custom section of Go's binary, since Go's compiler writes no SIMD itself.
 */

/** What the module exports; both return 1. */
type Loop = (...values: number[]) => number;
type Loops = Readonly<Record<"product" | "pool", Loop>>;

/** What Go imports as "inkling" (internal/kernel/simd_js.go): the loops, which return 0 where there is no SIMD; Go then computes by itself. */
export class Simd {
  private loops: Loops | null = null;

  readonly imports: Loops = {
    product: (...values) => this.loops?.product(...values) ?? 0,
    pool: (...values) => this.loops?.pool(...values) ?? 0,
  };

  /** Has the loops compute from here on, in the memory of a program that has been started with the imports. */
  start(program: WebAssembly.Module, mem: WebAssembly.Memory): void {
    const [module] = WebAssembly.Module.customSections(program, "simd");
    if (!module || !WebAssembly.validate(module)) return;
    this.loops = new WebAssembly.Instance(new WebAssembly.Module(module), { go: { mem } }).exports as Loops;
  }
}
