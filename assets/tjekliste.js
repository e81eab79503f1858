// Gør en tjekliste til print til en, der kan krydses af på skærmen.
//
//   <section data-tjekliste> … <ul class="tjekliste">
//     <li class="tjek-punkt"><span class="tjek-boks" aria-hidden="true"></span>
//       <span class="tjek-tekst">…</span></li>
//
// The ticks lie in the visit's own history, so they stand when the reader follows a link
// and comes back or loads the page again, and are gone with the tab. Nothing is stored.
// Without this script the list is a plain list.
(() => {
  "use strict";

  const make = (tag, className, props) =>
    Object.assign(document.createElement(tag), { className }, props);

  // A list's name distinguishes its button from those of other lists. It is the list's
  // own heading, or the last one before it, but not the heading of a group in it.
  const nameOf = (section) => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].findLast((h) =>
    h === section.firstElementChild || h.compareDocumentPosition(section) === Node.DOCUMENT_POSITION_FOLLOWING)
    ?.textContent.trim();

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
    bar.append(status, clear, make("p", "tjek-husk", { textContent: ord("afkrydsning.husker") }));
    section.querySelector(".tjekliste").before(bar);

    const key = `tjek-${number}`;
    const tell = () => {
      const done = boxes.filter((b) => b.checked).length;
      status.textContent = ord("afkrydsning.klaret").replace("{klaret}", done).replace("{antal}", boxes.length);
    };
    // The list's length stands with the ticks: a list that has changed begins anew.
    const keep = () => {
      const ticks = boxes.map((b) => Number(b.checked)).join("");
      history.replaceState({ ...history.state, [key]: ticks }, "");
      tell();
    };
    const recall = () => {
      const ticks = history.state?.[key] ?? "";
      boxes.forEach((b, i) => { b.checked = ticks.length === boxes.length && ticks[i] === "1"; });
      tell();
    };
    section.addEventListener("change", keep);
    clear.addEventListener("click", () => {
      for (const b of boxes) b.checked = false;
      keep();
    });
    addEventListener("hashchange", keep); // a new entry of the history
    addEventListener("pageshow", recall);
    section.classList.add("tjek-aktiv");
    recall();
  }

  document.querySelectorAll("[data-tjekliste]").forEach(enhance);
})();
