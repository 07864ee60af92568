/** Fields in the element, to fill in where its script does not come or the pad cannot read. */

/** Whether an element belongs to a form and can be disabled. */
function isField({ localName }: Element): boolean {
  const custom = customElements.get(localName) as { readonly formAssociated?: boolean } | undefined;
  return custom?.formAssociated === true || /^(input|select|textarea|button|fieldset)$/.test(localName);
}

/**
 * The fields in a pad. They are disabled, so that they neither send nor ask for anything beside the pad, until they are
 * shown instead of it. Children with the attribute slot are the page's additions to the pad and are left alone.
 */
export class Fallback {
  private readonly place = document.createElement("div");
  /** The fields that are disabled here, not by the page. */
  private readonly disabled = new Set<HTMLElement>();
  /** Whether the pad cannot read, and whether it is disabled. */
  private isWanted = false;
  private isOff = false;

  /** onChange hears that fields have come or gone. */
  constructor(
    private readonly root: ShadowRoot,
    onChange: () => void,
  ) {
    this.place.hidden = true;
    this.place.append(document.createElement("slot"));
    root.append(this.place);
    new MutationObserver(() => {
      this.update();
      onChange();
    }).observe(root.host, { childList: true, subtree: true });
  }

  /** Whether fields stand in the pad's stead. */
  get isShown(): boolean {
    return !this.place.hidden;
  }

  /** Shows the fields, if there are any and the pad cannot read; those of a disabled pad stay disabled. */
  show(isWanted: boolean, isOff: boolean): void {
    this.isWanted = isWanted;
    this.isOff = isOff;
    this.update();
  }

  /** Brings the first field under the keyboard. */
  focus(options?: FocusOptions): void {
    this.fields.find(({ localName }) => localName !== "fieldset")?.focus(options);
  }

  private update(): void {
    const { fields, disabled } = this;
    this.place.hidden = !this.isWanted || fields.length === 0;
    const isOpen = this.isShown && !this.isOff;
    for (const field of disabled) {
      if (!isOpen && fields.includes(field)) continue;
      field.removeAttribute("disabled");
      disabled.delete(field);
    }
    if (isOpen) return;
    for (const field of fields) {
      if (!field.hasAttribute("disabled")) disabled.add(field);
      field.setAttribute("disabled", "");
    }
  }

  private get fields(): HTMLElement[] {
    const own = [...this.root.host.children].filter((child) => child.slot === "");
    return own.flatMap((child) => [child, ...child.querySelectorAll("*")]).filter(isField) as HTMLElement[];
  }
}
