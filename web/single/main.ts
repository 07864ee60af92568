/**
 * The page as one file, which a double click opens. What it would fetch stands in it: a script element per file, with
 * the file's name as data-file, its type as data-type and its content, gzip in base64. This makes a blob: address of each
 * and puts it in place of the name in the element "site"; then the page starts as it always does. internal/site/single.go
 * writes the elements.
 */
void start();

async function start(): Promise<void> {
  const site = document.getElementById("site");
  const files = [...document.querySelectorAll<HTMLElement>("script[data-file]")];
  const addresses = await Promise.all(files.map(addressOf));
  let text = site?.textContent ?? "";
  for (const [i, { dataset }] of files.entries()) text = text.replaceAll(`"${dataset["file"]}"`, `"${addresses[i]}"`);
  if (site) site.textContent = text;
  await import("../page/main");
}

/** Returns an address of what an element holds. */
async function addressOf(element: HTMLElement): Promise<string> {
  const packed = Uint8Array.from(atob(element.textContent ?? ""), (c) => c.charCodeAt(0));
  const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  element.remove();
  const headers = { "Content-Type": element.dataset["type"] ?? "" };
  return URL.createObjectURL(await new Response(plain, { headers }).blob());
}
