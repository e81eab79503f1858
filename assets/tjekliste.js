// Gør en tjekliste til print til en, der kan krydses af på skærmen.
//
//   <section data-tjekliste> … <ul class="tjekliste">
//     <li class="tjek-punkt"><span class="tjek-boks" aria-hidden="true"></span>
//       <span class="tjek-tekst">…</span></li>
//
// The ticks are stored nowhere: they are gone with the page, also when the browser
// would restore them. Without this script the list is a plain list.
(() => {
  "use strict";

  const make = (tag, className, props) =>
    Object.assign(document.createElement(tag), { className }, props);

  // A list's name distinguishes its button from those of other lists. It is the list's
  // own heading, or the last one before it, but not the heading of a group in it.
  const nameOf = (section) => {
    const own = section.querySelector(":scope > :is(h1, h2, h3, h4, h5, h6)");
    const before = [...document.querySelectorAll("h1, h2, h3, h4")].filter((h) =>
      h.compareDocumentPosition(section) === Node.DOCUMENT_POSITION_FOLLOWING);
    return (own ?? before.at(-1))?.textContent.trim() ?? "";
  };

  // box adds a checkbox before an item's text, which becomes its label.
  function box(item, id) {
    const words = item.querySelector(".tjek-tekst");
    const input = make("input", "tjek-felt", { type: "checkbox", id, autocomplete: "off" });
    const label = make("label", "tjek-navn", { htmlFor: id });
    words.replaceWith(input, label);
    label.append(words);
    return input;
  }

  function enhance(section, number) {
    const items = [...section.querySelectorAll(".tjekliste .tjek-punkt")].filter((item) => item.querySelector(".tjek-tekst"));
    if (items.length === 0) return;
    const boxes = items.map((item, i) => box(item, `tjek-${number}-${i}`));
    const status = make("p", "tjek-status");
    status.setAttribute("role", "status");
    const clear = make("button", "tjek-ryd", { type: "button", textContent: ord("afkrydsning.ryd") });
    const name = nameOf(section);
    if (name) clear.setAttribute("aria-label", ord("afkrydsning.ryd-liste").replace("{liste}", () => name));
    const bar = make("div", "tjek-linje");
    bar.append(status, clear);
    section.querySelector(".tjekliste").before(bar);

    const tell = () => {
      const done = boxes.filter((b) => b.checked).length;
      status.textContent = ord("afkrydsning.klaret").replace("{klaret}", done).replace("{antal}", boxes.length);
    };
    const reset = () => {
      for (const b of boxes) b.checked = false;
      tell();
    };
    section.addEventListener("change", tell);
    clear.addEventListener("click", reset);
    addEventListener("pagehide", reset);
    addEventListener("pageshow", reset);
    section.classList.add("tjek-aktiv");
    tell();
  }

  document.querySelectorAll("[data-tjekliste]").forEach(enhance);
})();
