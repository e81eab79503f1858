// Gør en trykt tjekliste til en, der kan krydses af på skærmen.
//
//   <section data-tjekliste> … <ul class="tjekliste">
//     <li class="tjek-punkt"><span class="tjek-boks" aria-hidden="true"></span>
//       <span class="tjek-tekst">…</span></li>
//
// State lives in the boxes and nowhere else: it is gone with the page, also when
// the browser would have restored it. Without this script the list is a list.
(() => {
  "use strict";

  const make = (tag, className, props) =>
    Object.assign(document.createElement(tag), { className }, props);

  // A list's name tells its button from those of other lists: its own heading, or
  // the last one before it. The headings within it name only groups of it.
  const nameOf = (section) => {
    const own = section.querySelector(":scope > :is(h1, h2, h3, h4, h5, h6)");
    const before = [...document.querySelectorAll("h1, h2, h3, h4")].filter((h) =>
      h.compareDocumentPosition(section) === Node.DOCUMENT_POSITION_FOLLOWING);
    return (own ?? before.at(-1))?.textContent.trim() ?? "";
  };

  // box gives an item a real checkbox before its text, which becomes its label.
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
