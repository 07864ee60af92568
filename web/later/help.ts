/** The help: how to draw and to teach, what the tabs show, the keys, and what one can do beyond this page. */
import { openDialog } from "./dialog";
import { make } from "./dom";
import { texts } from "./texts";

/** Where the sources are. */
const SOURCE = "https://github.com/seed-c844a918/inkling";

/** What puts a pad on a page; docs/embedding.md says more. */
const EMBED = `<script type="module" src="element/inkling-pad.js"></script>
<inkling-pad model="digits.ink" name="answer"></inkling-pad>`;

/** What trains a model on a folder of pictures. */
const TRAIN = `git clone ${SOURCE} && cd inkling && make inkling
./inkling fit --data FOLDER --out mine.ink`;

/** Opens the help; licences is where the licences of the site lie. */
export function openHelp(licences: string): void {
  const { content } = openDialog("guide", texts().help);
  content.append(
    section(texts().drawing, make("p", "", texts().drawingHow)),
    section(texts().teach, ...texts().teachHow.map((how) => make("p", "", how))),
    section(texts().closer, closerMap()),
    section(texts().keys, keyMap()),
    section(texts().embed, make("p", "", texts().embedHow), snippet(EMBED, texts().embed), link(`${SOURCE}/blob/main/docs/embedding.md`)),
    section(texts().train, make("p", "", texts().trainHow), snippet(TRAIN, texts().train), link(`${SOURCE}#train-your-own`)),
    section(
      texts().about,
      make("p", "", texts().aboutHow),
      make("p", "", link(SOURCE, texts().source), " · ", link(licences, texts().licences)),
    ),
  );
}

function section(title: string, ...content: Node[]): HTMLElement {
  return make("section", "entry", make("h3", "", title), ...content);
}

/** Says what each tab shows, by the name that it has on the page, and what the button Present does, where there is one. */
function closerMap(): HTMLElement {
  const present = document.getElementById("present")?.checkVisibility() ? document.querySelectorAll("#present .word") : [];
  const named = [...document.querySelectorAll("[role=tab]"), ...present];
  const rows = named.map((element, i) => [make("dt", "", element.textContent ?? ""), make("dd", "", texts().closerMap[i] ?? "")]);
  return make("dl", "keymap", ...rows.flat());
}

/** Names the shortcuts as keyboards with a Command key do, where there is one. */
function keyMap(): HTMLElement {
  const isApple = /^(Mac|iP)/.test(navigator.platform);
  const named = (keys: string) => (isApple ? keys.replaceAll("Shift+Ctrl+", "⇧⌘").replaceAll("Ctrl+", "⌘") : keys);
  const keys = ["Tab", "← ↑ → ↓", texts().space, "Esc", "Ctrl+Z, Shift+Ctrl+Z", "Delete", "E", "← →, Enter"];
  const rows = texts().keyMap.map((what, i) => [make("dt", "", make("kbd", "", named(keys[i] ?? ""))), make("dd", "", what)]);
  return make("dl", "keymap", ...rows.flat());
}

function link(url: string, text = url): HTMLAnchorElement {
  const anchor = make("a", "", text);
  anchor.href = url;
  return anchor;
}

/** A text to copy, with the button that does. */
function snippet(text: string, title: string): HTMLElement {
  const code = make("code", "", text);
  const box = make("pre", "", code);
  box.tabIndex = 0; // so that it can be scrolled
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", title);
  const said = make("span");
  said.setAttribute("role", "status");
  const button = make("button", "", texts().copy);
  button.type = "button";
  button.setAttribute("aria-label", `${texts().copy}: ${title}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = texts().copied;
    } catch {
      getSelection()?.selectAllChildren(code);
      said.textContent = texts().copyByHand;
    }
  });
  return make("div", "snippet", box, make("p", "", button, " ", said));
}
