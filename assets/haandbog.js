// Det, som gør håndbogen lidt hurtigere og nemmere. Alt virker også uden.
// Intet gemmes og intet sendes.
(() => {
  "use strict";

  const make = (tag, props, ...kids) => {
    const e = Object.assign(document.createElement(tag), props);
    e.append(...kids);
    return e;
  };

  // menu turns the link to the navigation into a button, so that opening it on a
  // narrow screen adds no history entry and Escape closes it.
  function menu() {
    const nav = document.getElementById("sidens_menu");
    const link = document.querySelector(".menu-knap");
    const close = document.querySelector(".menu-luk");
    if (!nav || !link || !close) return;
    const button = make("button", { type: "button", className: "menu-knap" }, ...link.childNodes);
    button.setAttribute("aria-controls", nav.id);
    link.replaceWith(button);
    const shut = make("button", { type: "button", className: "menu-luk" }, ...close.childNodes);
    close.replaceWith(shut);
    const set = (open) => {
      nav.classList.toggle("aaben", open);
      button.setAttribute("aria-expanded", String(open));
    };
    const leave = () => {
      if (!nav.classList.contains("aaben")) return;
      set(false);
      button.focus();
    };
    button.addEventListener("click", () => {
      set(true);
      (nav.querySelector("[aria-current]") ?? shut).focus();
    });
    shut.addEventListener("click", leave);
    addEventListener("keydown", (e) => { if (e.key === "Escape") leave(); });
    // The open menu covers the page, so it closes when it loses focus.
    nav.addEventListener("focusout", (e) => {
      if (e.relatedTarget && !nav.contains(e.relatedTarget)) set(false);
    });
    nav.addEventListener("click", (e) => { if (e.target.closest("a")) set(false); });
    set(false);
  }

  // print makes a sheet's link named Print open the print dialog.
  function print() {
    for (const link of document.querySelectorAll("a[data-print]")) {
      const button = make("button", { type: "button", textContent: link.textContent });
      button.addEventListener("click", () => window.print());
      link.replaceWith(button);
    }
  }

  // pegs copy the address of what they stand at; without a clipboard they are plain links.
  function pegs() {
    const told = make("p", { className: "kun-laeser", role: "status" });
    document.body.append(told);
    document.addEventListener("click", async (e) => {
      const peg = e.target.closest?.("a.peg");
      if (!peg || e.ctrlKey || e.metaKey || e.shiftKey || !navigator.clipboard) return;
      try {
        await navigator.clipboard.writeText(peg.href);
      } catch {
        return; // the address bar has it
      }
      peg.dataset.sket = ord("krop.kopieret");
      told.textContent = ord("krop.kopieret");
      setTimeout(() => {
        delete peg.dataset.sket;
        told.textContent = "";
      }, 2000);
    });
  }

  // prefetch loads a page of the handbook when a reader is about to open it.
  function prefetch() {
    if (!location.protocol.startsWith("http") || navigator.connection?.saveData) return;
    const seen = new Set([location.href.split("#")[0]]);
    const intend = (e) => {
      const link = e.target.closest?.("a[href]");
      if (!link || link.origin !== location.origin || !link.pathname.endsWith(".html")) return;
      const href = link.href.split("#")[0];
      if (seen.has(href)) return;
      seen.add(href);
      document.head.append(make("link", { rel: "prefetch", href }));
    };
    for (const type of ["pointerover", "focusin"]) document.addEventListener(type, intend);
  }

  // reveal opens the <details> that contains the target of the address.
  function reveal() {
    const id = decodeURIComponent(location.hash.slice(1));
    const place = id && document.getElementById(id);
    const details = place && (place.querySelector(":scope > details") ?? place.closest("details"));
    if (details) details.open = true;
  }

  // columns unfolds the contents where they have a column of their own, and shows in the
  // navigation where the page is.
  function columns() {
    const contents = document.querySelector(".paa-siden details");
    if (contents && matchMedia("(min-width: 75rem)").matches) contents.open = true;
    const nav = document.getElementById("sidens_menu");
    const here = nav?.querySelector("[aria-current]");
    if (here) nav.scrollTop = here.offsetTop - nav.clientHeight / 2;
  }

  // swap skips the view transition when a key started the navigation: keyup on a page
  // that has no style yet aborts the transition with an error. So does a second
  // navigation before the next page has loaded.
  function swap() {
    let byKey = false;
    addEventListener("keydown", () => { byKey = true; }, true);
    addEventListener("pointerdown", () => { byKey = false; }, true);
    addEventListener("pageswap", ({ viewTransition: t }) => {
      if (!t) return;
      for (const done of [t.ready, t.finished, t.updateCallbackDone]) done.catch(() => {});
      if (byKey) t.skipTransition();
    });
  }

  menu();
  print();
  pegs();
  prefetch();
  swap();
  columns();
  reveal();
  addEventListener("hashchange", reveal);
})();
